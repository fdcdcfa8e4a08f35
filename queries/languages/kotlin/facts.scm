; Kotlin: node kinds -> roles (docs/languages.md). A later pattern overrides an earlier one. Nothing here names a risk.
; Few nodes of this grammar have field names, so what a part is shows in its place.
[(line_comment) (block_comment) (shebang)] @comment
[(source_file) (block) (class_body) (enum_class_body)] @block
(identifier) @name
((identifier) @true (#eq? @true "true"))
((identifier) @false (#eq? @false "false"))
((identifier) @null (#eq? @null "null"))
((identifier) @leave (#any-of? @leave "break" "continue"))
(this_expression) @this
(super_expression) @name
[(string_literal) (multiline_string_literal) (character_literal)] @str
(interpolation (_) @interp.value) @interp
[(number_literal) (float_literal)] @num
[(parenthesized_expression) (parenthesized_type) (nullable_type) (non_nullable_type) (labeled_expression)] @wrap
[(annotated_lambda) (type_projection) (companion_object)] @wrap
(as_expression left: (_) @cast.value right: (_) @cast.type) @cast
(callable_reference (identifier) @wrap.value) @wrap
(user_type . (identifier) @wrap.value) @wrap
(user_type . (identifier) @member.object . (identifier) @member.prop) @member
(annotated_expression) @sequence

(import (qualified_identifier) @import.module) @import
(import (qualified_identifier) @import.module (identifier) @import.alias) @import
(import (qualified_identifier) @import.module "*" @import.star) @import

(class_declaration name: (_) @class.name) @class
(class_declaration (class_body) @class.body) @class
(class_declaration (enum_class_body) @class.body) @class
(class_declaration (primary_constructor (class_parameters) @class.params)) @class
(class_declaration (delegation_specifiers (delegation_specifier (user_type) @class.base))) @class
(class_declaration (delegation_specifiers (delegation_specifier (constructor_invocation . (user_type) @class.base)))) @class
(class_declaration (modifiers (annotation (user_type) @class.deco))) @class
(class_declaration (modifiers (annotation (constructor_invocation) @class.deco))) @class
(object_declaration name: (_) @class.name) @class
(object_declaration (class_body) @class.body) @class
(object_declaration (delegation_specifiers (delegation_specifier (user_type) @class.base))) @class
(object_literal "object" @class.new (class_body) @class.body) @class
(object_literal (delegation_specifiers (delegation_specifier (user_type) @class.base))) @class
(object_literal (delegation_specifiers (delegation_specifier (constructor_invocation . (user_type) @class.base (value_arguments) @class.new)))) @class
(companion_object (class_body) @wrap.value) @wrap
(anonymous_initializer (block) @wrap.value) @wrap
(enum_entry) @sequence

(function_declaration name: (_) @func.name (function_value_parameters) @func.params) @func
(function_declaration (function_body (block) @func.body)) @func
(function_declaration (function_body "=" (_) @func.expr)) @func
(function_declaration (modifiers (annotation (user_type) @func.deco))) @func
(function_declaration (modifiers (annotation (constructor_invocation) @func.deco))) @func
(anonymous_function (function_value_parameters) @func.params) @func
(anonymous_function (function_body (block) @func.body)) @func
(anonymous_function (function_body "=" (_) @func.expr)) @func
(secondary_constructor "constructor" @func.maker (function_value_parameters) @func.params) @func
(secondary_constructor (block) @func.body) @func
(getter (function_body (block) @func.body)) @func
(getter (function_body "=" (_) @func.expr)) @func
(setter (function_body (block) @func.body)) @func
(setter (identifier) @skip)
(lambda_literal) @func
(lambda_literal (_) @func.body) @func
(lambda_literal (lambda_parameters) @func.params) @func
[(function_value_parameters) (class_parameters) (lambda_parameters)] @params
(function_value_parameters "=" . (_) @params.default) @params
(function_value_parameters (parameter_modifiers (annotation (user_type) @params.deco))) @params
(function_value_parameters (parameter_modifiers (annotation (constructor_invocation) @params.deco))) @params
(parameter (identifier) @param.name ":" (_) @param.type) @param
((parameter_modifiers (parameter_modifier) @_kind) . (parameter (identifier) @param.rest) @param (#eq? @_kind "vararg"))
(class_parameter (identifier) @param.name ":" (_) @param.type) @param
(class_parameter "=" (_) @param.default) @param
(class_parameter (modifiers (annotation (user_type) @param.deco))) @param
(class_parameter (modifiers (annotation (constructor_invocation) @param.deco))) @param
(lambda_parameters (variable_declaration . (identifier) @param.name) @param)
(lambda_parameters (variable_declaration ":" (_) @param.type) @param)
(lambda_parameters (multi_variable_declaration) @param)
(return_expression) @return
(return_expression (_) @return.value .) @return
(return_expression label: (_) @skip)
(throw_expression) @leave
(constructor_invocation . (_) @call.func (value_arguments) @call.args) @call
(delegation_specifier (constructor_invocation) @skip)

(property_declaration (variable_declaration . (identifier) @declare.target)) @declare
(property_declaration (variable_declaration (identifier) ":" (_) @declare.type)) @declare
(property_declaration [(variable_declaration) (multi_variable_declaration)] "=" . (_) @declare.value) @declare
(property_declaration (multi_variable_declaration) @declare.target) @declare
(property_declaration (property_delegate (_) @declare.value)) @declare
(multi_variable_declaration) @list
(multi_variable_declaration (variable_declaration . (identifier) @wrap.value) @wrap)
(for_statement (variable_declaration . (identifier) @wrap.value) @wrap)
(assignment left: (_) @assign.target operator: "=" right: (_) @assign.value) @assign
(assignment left: (_) @augment.target operator: ["+=" "-=" "*=" "/=" "%="] @augment.op right: (_) @augment.value) @augment

(if_expression condition: (_) @branch.test . (_) @branch.arm) @branch
(if_expression "else" . (_) @branch.else) @branch
(when_expression (when_entry) @branch.arm) @branch
(when_expression (when_entry "else") @branch.else) @branch
[(when_subject) (when_entry)] @sequence
(while_statement condition: (_) @loop.test) @loop
(while_statement (block) @loop.body) @loop
(do_while_statement (block) @loop.body) @loop
(do_while_statement condition: (_) @loop.step) @loop
(for_statement . (_) @loop.target . (_) @loop.iter) @loop
(for_statement . (_) . (_) . (_) @loop.body) @loop
(try_expression . (block) @try.body) @try
(try_expression (catch_block) @try.arm) @try
(try_expression (finally_block) @try.final) @try
(catch_block (block) @wrap.value) @wrap
(finally_block) @sequence

(call_expression . (_) @call.func (value_arguments) @call.args) @call
(call_expression . (_) @call.func (annotated_lambda) @call.more) @call
(constructor_delegation_call) @sequence
(value_arguments) @args
(value_arguments (value_argument) @wrap)
(value_argument . (identifier) @kwarg.name "=" (_) @kwarg.value) @kwarg
(value_argument (spread_expression (_) @splat.value)) @splat
(infix_expression . (_) @call.object . (identifier) @call.method . (_) @call.more .) @call
(navigation_expression . (_) @member.object (_) @member.prop .) @member
(navigation_expression . (_) @funcref.object "::" (_) @funcref.prop .) @funcref
((navigation_expression . (_) @wrap.value "::" (identifier) @_class .) @wrap (#eq? @_class "class"))
(index_expression . (_) @index.object . (_) @index.key) @index
(unary_expression operator: _ @unop.op argument: (_) @unop.arg) @unop
(unary_expression argument: (_) @wrap.value operator: "!!") @wrap
(binary_expression left: (_) @binop.left operator: _ @binop.op right: (_) @binop.right) @binop
(in_expression left: (_) @binop.left ["in" "!in"] @binop.op right: (_) @binop.right) @binop
; `f<T>(x)` as a statement is read as two comparisons by this grammar.
(binary_expression left: (binary_expression left: (_) @call.func operator: "<") operator: ">" right: (parenthesized_expression) @call.more) @call
(binary_expression left: (binary_expression operator: "<" right: (_) @skip) @_inner operator: ">" right: (parenthesized_expression))
(binary_expression left: (binary_expression operator: "<") @skip operator: ">" right: (parenthesized_expression))
(collection_literal) @list
