; TypeScript: what it has besides JavaScript. Types mean nothing to the evaluator, except where they name a class.
[(as_expression) (satisfies_expression) (non_null_expression) (instantiation_expression)] @wrap
(as_expression . (_) @wrap.value) @wrap
(satisfies_expression . (_) @wrap.value) @wrap
(type_assertion (_) @wrap.value .) @wrap
(required_parameter pattern: (_) @param.name) @param
(optional_parameter pattern: (_) @param.name) @param
(required_parameter pattern: (_) @param.name value: (_) @param.default) @param
(optional_parameter pattern: (_) @param.name value: (_) @param.default) @param
(required_parameter type: (type_annotation [(type_identifier) (nested_type_identifier) (generic_type) (predefined_type)] @param.type)) @param
(optional_parameter type: (type_annotation [(type_identifier) (nested_type_identifier) (generic_type) (predefined_type)] @param.type)) @param
(required_parameter (decorator) @param.deco) @param
(predefined_type) @name
(generic_type name: (_) @wrap.value) @wrap
(nested_type_identifier module: (_) @member.object name: (_) @member.prop) @member
(public_field_definition name: (_) @declare.target value: (_) @declare.value) @declare
(abstract_class_declaration name: (_) @class.name body: (class_body) @class.body) @class
[(type_identifier) (nested_identifier)] @name
(import_require_clause (identifier) @import.alias source: (string) @import.module) @import
(decorator (_) @wrap.value) @wrap
(class_body (decorator (_) @deco.value) @deco)
(extends_clause value: (_) @wrap.value) @wrap
