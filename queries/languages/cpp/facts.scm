; C++: what it has besides C. `std::` is left out, so that names are the same with and without `using namespace std`.
(field_declaration_list) @block
[(this) (namespace_identifier) (auto)] @name
(raw_string_literal) @str
(user_defined_literal . (_) @wrap.value) @wrap
[(template_type) (template_function) (dependent_type)] @wrap
(template_type name: (_) @wrap.value) @wrap
(template_function name: (_) @wrap.value) @wrap
(template_method name: (_) @wrap.value) @wrap
(qualified_identifier scope: (_) @member.object name: (_) @member.prop) @member
(qualified_identifier !scope name: (_) @wrap.value) @wrap
(qualified_identifier scope: (namespace_identifier) @wrap.skip name: (_) @wrap.value (#eq? @wrap.skip "std")) @wrap
(condition_clause) @comma
(subscript_argument_list) @wrap
[(co_await_expression) (parameter_pack_expansion) (reference_declarator)] @wrap
(argument_list (parameter_pack_expansion pattern: (identifier) @splat.value) @splat)
(call_expression function: (template_function
  name: (identifier) @wrap.skip (#any-of? @wrap.skip "static_cast" "reinterpret_cast" "const_cast" "dynamic_cast"))
  arguments: (_) @wrap.value) @wrap
(call_expression function: (template_function
  name: (identifier) @wrap.skip (#any-of? @wrap.skip "static_cast" "reinterpret_cast" "const_cast" "dynamic_cast"))
  arguments: (argument_list) @wrap)
; Streams: writing and reading are calls of their operators.
(binary_expression left: (_) @call.more operator: ["<<" ">>"] @call.func right: (_) @call.more) @call
(binary_expression operator: ["<<" ">>"] @name)
(binary_expression left: (_) @binop.left operator: "<=>" @binop.op right: (_) @binop.right) @binop

(using_declaration (qualified_identifier scope: (_) @import.module name: (identifier) @import.name)) @import
(using_declaration (qualified_identifier scope: (_) @import.module
  name: (qualified_identifier scope: (_) @import.module name: (identifier) @import.name))) @import
(namespace_alias_definition name: (_) @declare.target (nested_namespace_specifier) @declare.value) @declare
(namespace_alias_definition name: (_) @declare.target (namespace_identifier) @declare.value .) @declare
(nested_namespace_specifier . (_) @member.object (_) @member.prop .) @member
(nested_namespace_specifier . (namespace_identifier) @wrap.skip (_) @wrap.value . (#eq? @wrap.skip "std")) @wrap
(alias_declaration name: (_) @declare.target type: (_) @declare.value) @declare

(namespace_definition) @block
(namespace_definition name: (namespace_identifier) @class.name body: (_) @class.body) @class
(class_specifier name: (_) @class.name body: (_) @class.body) @class
(struct_specifier name: (_) @class.name body: (_) @class.body) @class
(union_specifier name: (_) @class.name body: (_) @class.body) @class
(class_specifier (base_class_clause [(type_identifier) (qualified_identifier) (template_type)] @class.base)) @class
(struct_specifier (base_class_clause [(type_identifier) (qualified_identifier) (template_type)] @class.base)) @class
(enum_specifier "class" name: (_) @class.name body: (_) @class.body) @class
(field_declaration declarator: (field_identifier) @declare)
(field_declaration declarator: (pointer_declarator declarator: (field_identifier) @declare.target) @declare)
(field_declaration declarator: (field_identifier) @declare.target default_value: (_) @declare.value) @declare
(field_declaration declarator: (_ declarator: (field_identifier) @declare.target) default_value: (_) @declare.value) @declare
(field_declaration type: (type_identifier) @declaration.type !default_value) @declaration
(field_declaration type: (qualified_identifier) @declaration.type !default_value) @declaration
(field_declaration type: (template_type) @declaration.type !default_value) @declaration

(function_definition declarator: (function_declarator
  declarator: (field_identifier) @func.name parameters: (_) @func.params)) @func
(function_definition declarator: (_ (function_declarator
  declarator: (field_identifier) @func.name parameters: (_) @func.params))) @func
(function_definition declarator: (reference_declarator (function_declarator
  declarator: (identifier) @func.name parameters: (_) @func.params))) @func
(function_definition declarator: (function_declarator declarator: (qualified_identifier
  scope: (_) @func.owner name: (identifier) @func.name) parameters: (_) @func.params)) @func
(function_definition declarator: (_ (function_declarator declarator: (qualified_identifier
  scope: (_) @func.owner name: (identifier) @func.name) parameters: (_) @func.params))) @func
(function_definition declarator: (function_declarator declarator: (qualified_identifier name: (qualified_identifier
  scope: (_) @func.owner name: (identifier) @func.name)) parameters: (_) @func.params)) @func
(function_definition declarator: (function_declarator
  declarator: (operator_name) @func.name parameters: (_) @func.params)) @func
(operator_name) @name
(function_declarator declarator: (qualified_identifier) @skip)
(function_declarator declarator: (qualified_identifier name: (qualified_identifier) @skip))
(function_definition (field_initializer_list) @func.body) @func
(field_initializer_list) @sequence
(field_initializer (field_identifier) @assign.target [(argument_list) (initializer_list)] @assign.value) @assign
(field_initializer [(argument_list) (initializer_list)] @wrap)
(lambda_expression body: (_) @func.body) @func
; What a lambda without parameters holds is a parameter with a default.
(lambda_expression captures: (_) @func.params !declarator) @func
(lambda_capture_specifier (lambda_capture_initializer)) @params
(lambda_capture_initializer left: (_) @param.name right: (_) @param.default) @param
(lambda_expression declarator: (abstract_function_declarator parameters: (_) @func.params)) @func
(parameter_declaration declarator: (reference_declarator (identifier) @param.name)) @param
(parameter_declaration type: (qualified_identifier) @param.type) @param
(parameter_declaration type: (template_type) @param.type) @param
(optional_parameter_declaration declarator: (identifier) @param.name default_value: (_) @param.default) @param
(optional_parameter_declaration declarator: (_ [(identifier) (identifier)] @param.name) default_value: (_) @param.default) @param
(variadic_parameter_declaration declarator: (_ (identifier) @param.rest)) @param
(variadic_parameter_declaration declarator: (_ (_ (identifier) @param.rest))) @param

(declaration type: (qualified_identifier) @declaration.type) @declaration
(declaration type: (template_type) @declaration.type) @declaration
(declaration declarator: (reference_declarator (identifier) @declare.target) @declare)
(init_declarator declarator: (reference_declarator) @declare.target) @declare
(init_declarator declarator: (structured_binding_declarator) @declare.target) @declare
(structured_binding_declarator) @list
(init_declarator value: (argument_list) @declare.args) @declare
(init_declarator value: (initializer_list) @declare.args) @declare
(init_declarator value: (initializer_list) @args)
(init_declarator "=" value: (initializer_list) @declare.value) @declare
(init_declarator "=" value: (initializer_list) @list)
(init_declarator "=" value: (initializer_list (initializer_pair)) @declare.args) @declare
(init_declarator "=" value: (initializer_list (initializer_pair)) @args)
; Inside a function, `Type name(other);` makes an object, although it could announce a function.
(compound_statement (declaration type: (_) declarator: (function_declarator
  declarator: (identifier) @declare.target parameters: (parameter_list . (parameter_declaration)) @declare.args) @declare))
(compound_statement (declaration declarator: (function_declarator parameters: (parameter_list
  (parameter_declaration . type: (_) @wrap.value .) @wrap))))
(compound_statement (declaration declarator: (function_declarator parameters: (parameter_list) @args)))
(compound_statement (declaration declarator: (function_declarator parameters: (parameter_list
  (parameter_declaration . type: (_) @index.object declarator: (abstract_array_declarator size: (_) @index.key)) @index))))
(compound_statement (declaration declarator: (function_declarator parameters: (parameter_list
  (parameter_declaration . type: (_) @call.func declarator: (abstract_function_declarator parameters: (_) @call.args)) @call))))
(compound_statement (declaration declarator: (function_declarator parameters: (parameter_list
  (parameter_declaration declarator: (abstract_function_declarator parameters: (_) @args))))))

(for_range_loop declarator: (_) @loop.target right: (_) @loop.iter body: (_) @loop.body) @loop
(for_range_loop initializer: (_) @loop.init) @loop
(for_range_loop declarator: (reference_declarator (_) @wrap.value) @wrap)
(try_statement body: (_) @try.body) @try
(try_statement (catch_clause) @try.arm) @try
(catch_clause body: (_) @wrap.value) @wrap
[(throw_statement) (co_return_statement)] @leave
(co_return_statement (_) @return.value) @return
(co_yield_statement (_) @yield.value) @yield
(new_expression "new" @call.func declarator: (_)) @call
(new_expression "new" @name)
(new_expression type: (_) @call.func !declarator) @call
(new_expression arguments: (_) @call.args !declarator) @call
(new_expression declarator: (new_declarator length: (_) @call.args)) @call
(new_expression placement: (argument_list) @other)
(delete_expression "delete" @call.func (_) @call.args) @call
(delete_expression "delete" @name)
(call_expression function: (primitive_type) arguments: (_) @wrap.value) @wrap
(call_expression function: (primitive_type) arguments: (argument_list) @wrap)
(compound_literal_expression value: (initializer_list) @args)
; A pointer to a function is read by the grammar as a call of its type: `int (*f)() = g;`.
(assignment_expression left: (call_expression function: (call_expression function: (primitive_type)
  arguments: (argument_list (pointer_expression argument: (identifier) @declare.target)))) right: (_) @declare.value) @declare
(assignment_expression left: (call_expression function: (call_expression function: (primitive_type)
  arguments: (argument_list (pointer_expression argument: (subscript_expression . (identifier) @declare.target))))) right: (_) @declare.value) @declare
(assignment_expression left: (call_expression function: (call_expression function: (primitive_type))) @skip)
(assignment_expression left: (call_expression function: (call_expression function: (primitive_type)) @skip))
(assignment_expression left: (call_expression function: (call_expression function: (primitive_type)) arguments: (_) @skip))
(assignment_expression left: (call_expression function: (call_expression function: (primitive_type) arguments: (_) @skip)))
(assignment_expression left: (call_expression function: (call_expression function: (primitive_type)
  arguments: (argument_list (pointer_expression) @skip))))
(assignment_expression left: (call_expression function: (call_expression function: (primitive_type)
  arguments: (argument_list (pointer_expression argument: (subscript_expression) @skip)))))
