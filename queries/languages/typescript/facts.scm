; TypeScript: what it has besides JavaScript. Types mean nothing to the evaluator, except where they name a class.
[(as_expression) (satisfies_expression) (non_null_expression) (instantiation_expression)] @wrap
(as_expression . (_) @wrap.value) @wrap
(satisfies_expression . (_) @wrap.value) @wrap
(type_assertion (_) @wrap.value .) @wrap
(required_parameter pattern: (_) @param.name) @param
(optional_parameter pattern: (_) @param.name) @param
(required_parameter pattern: (_) @param.name value: (_) @param.default) @param
(optional_parameter pattern: (_) @param.name value: (_) @param.default) @param
(public_field_definition name: (_) @declare.target value: (_) @declare.value) @declare
(abstract_class_declaration name: (_) @class.name body: (class_body) @class.body) @class
[(type_identifier) (nested_identifier)] @name
(import_require_clause (identifier) @import.alias source: (string) @import.module) @import
(decorator (_) @wrap.value) @wrap
(extends_clause value: (_) @wrap.value) @wrap
