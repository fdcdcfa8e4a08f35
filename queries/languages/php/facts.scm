; PHP: node kinds -> roles (docs/languages.md). A later pattern overrides an earlier one. Nothing here names a risk.
; What stands around the code (HTML) has no role.
(comment) @comment
[(compound_statement) (colon_block) (declaration_list) (enum_declaration_list)] @block
[(name) (relative_scope) (variable_name)] @name
(variable_name (name) @skip)
((variable_name) @this (#eq? @this "$this"))
((relative_scope) @this (#any-of? @this "self" "static"))
(qualified_name) @path
(named_type (qualified_name) @path)
[(integer) (float)] @num
((boolean) @true (#match? @true "^[tT]"))
((boolean) @false (#match? @false "^[fF]"))
(null) @null
[(string) (encapsed_string) (heredoc_body) (nowdoc_body)] @text
[(string_content) (nowdoc_string)] @chars
[(escape_sequence)] @escape
(encapsed_string (subscript_expression (_) (name) @word))
(heredoc_body (subscript_expression (_) (name) @word))
(encapsed_string (dynamic_variable_name (name) @var))
(heredoc value: (_) @wrap.value) @wrap
(nowdoc value: (_) @wrap.value) @wrap
[(parenthesized_expression) (expression_statement) (argument) (array_element_initializer) (by_ref) (error_suppression_expression)
 (reference_assignment_expression) (clone_expression)] @wrap
(clone_expression (_) @wrap.value) @wrap
(text_interpolation) @skip
(_ (text_interpolation (php_tag) @_mark) . (expression_statement (_) @shown.value) @shown (#eq? @_mark "<?="))

(namespace_use_declaration !body (namespace_use_clause !alias [(name) (qualified_name)] @import.module)) @import
(namespace_use_declaration !body (namespace_use_clause [(name) (qualified_name)] @import.module alias: (name) @import.alias)) @import
(namespace_use_declaration (namespace_name) @import.module body: (namespace_use_group (namespace_use_clause !alias [(name) (qualified_name)] @import.name))) @import
(namespace_use_declaration (namespace_name) @import.module body: (namespace_use_group (namespace_use_clause [(name) (qualified_name)] @import.name alias: (name) @import.alias))) @import
(namespace_definition body: (_) @wrap.value) @wrap

(function_definition name: (name) @func.name parameters: (_) @func.params body: (_) @func.body) @func
(function_definition name: (name) @anycase)
(method_declaration name: (name) @func.name parameters: (_) @func.params body: (_) @func.body) @func
(anonymous_function parameters: (_) @func.params body: (_) @func.body) @func
(arrow_function parameters: (_) @func.params body: (_) @func.expr) @func
(formal_parameters) @params
[(simple_parameter) (variadic_parameter) (property_promotion_parameter)] @param
(simple_parameter name: (_) @param.name) @param
(simple_parameter type: (_) @param.type) @param
(simple_parameter default_value: (_) @param.default) @param
(property_promotion_parameter name: (_) @param.name) @param
(property_promotion_parameter type: (_) @param.type) @param
(property_promotion_parameter default_value: (_) @param.default) @param
(variadic_parameter name: (_) @param.rest) @param
[(named_type) (optional_type)] @wrap
[(primitive_type) (union_type)] @other
[(class_declaration) (trait_declaration) (interface_declaration) (enum_declaration) (anonymous_class)] @class
(class_declaration name: (_) @class.name body: (_) @class.body) @class
(class_declaration (base_clause (_) @class.base)) @class
(class_declaration (class_interface_clause (_) @class.base)) @class
(trait_declaration name: (_) @class.name body: (_) @class.body) @class
(interface_declaration name: (_) @class.name body: (_) @class.body) @class
(enum_declaration name: (_) @class.name body: (_) @class.body) @class
(use_declaration "use" @call.func (_) @call.more) @call
(use_declaration "use" @name)
(anonymous_class body: (_) @class.body) @class
(anonymous_class (base_clause (_) @class.base)) @class
(property_declaration) @sequence
(property_element name: (variable_name (name) @name)) @declare
(property_element name: (variable_name (name) @wrap.value) @wrap)
(property_element name: (_) @declare.target default_value: (_) @declare.value) @declare
(property_declaration type: (_) @skip)
(enum_case name: (_) @declare.target value: (_) @declare.value) @declare
[(const_declaration)] @sequence
(const_element . (name) @declare.target (_) @declare.value .) @declare
(attribute (_) @call.func parameters: (_) @call.args) @call
(attribute . (name) @call.func .) @call

[(return_statement)] @return
(return_statement (_) @return.value) @return
(yield_expression) @yield
(yield_expression (_) @yield.value) @yield
[(throw_expression) (continue_statement) (goto_statement)] @leave
(global_declaration) @global

(assignment_expression left: (_) @declare.target right: (_) @declare.value) @declare
(reference_assignment_expression left: (_) @declare.target right: (_) @declare.value) @declare
(static_variable_declaration name: (_) @declare.target value: (_) @declare.value) @declare
(function_static_declaration) @sequence
(augmented_assignment_expression left: (_) @augment.target operator: _ @augment.op right: (_) @augment.value) @augment
(update_expression argument: (_) @wrap.value) @wrap
(unset_statement (_) @delete.target) @delete

(if_statement condition: (_) @branch.test body: (_) @branch.arm) @branch
(if_statement alternative: (else_if_clause) @branch.arm) @branch
(if_statement alternative: (else_clause) @branch.else) @branch
(else_if_clause condition: (_) @arm.test body: (_) @arm.body) @arm
(else_clause body: (_) @wrap.value) @wrap
(switch_statement condition: (_) @branch.subject) @branch
(switch_statement body: (switch_block (case_statement) @branch.arm)) @branch
(switch_statement body: (switch_block (default_statement) @branch.else)) @branch
(default_statement) @comma
(case_statement value: (_) @arm.test) @arm
(case_statement value: (_) (_) @arm.body) @arm
(case_statement (break_statement) @skip)
(default_statement (break_statement) @skip)
(match_expression condition: (_) @branch.subject) @branch
(match_expression body: (match_block (match_conditional_expression) @branch.arm)) @branch
(match_expression body: (match_block (match_default_expression) @branch.else)) @branch
(match_conditional_expression conditional_expressions: (_) @arm.test return_expression: (_) @arm.body) @arm
(match_condition_list) @list
(match_default_expression return_expression: (_) @wrap.value) @wrap
(while_statement condition: (_) @loop.test body: (_) @loop.body) @loop
(do_statement body: (_) @loop.body condition: (_) @loop.step) @loop
(for_statement body: (_) @loop.body) @loop
(for_statement initialize: (_) @loop.init) @loop
(for_statement condition: (_) @loop.test) @loop
(for_statement update: (_) @loop.step) @loop
(foreach_statement . (_) @loop.iter . (_) @loop.target) @loop
(foreach_statement "as" @loop.key (pair)) @loop
(foreach_statement (pair) @list)
(foreach_statement . (_) . (pair) @loop.target) @loop
(foreach_statement body: (_) @loop.body) @loop
(try_statement body: (_) @try.body) @try
(try_statement (catch_clause) @try.arm) @try
(try_statement (finally_clause) @try.final) @try
(catch_clause body: (_) @wrap.value) @wrap
(finally_clause body: (_) @wrap.value) @wrap

(function_call_expression function: (_) @call.func arguments: (_) @call.args) @call
(function_call_expression function: (name) @anycase)
(function_call_expression function: (qualified_name (name) @anycase))
(function_call_expression arguments: (arguments (variadic_placeholder))) @wrap
(member_call_expression object: (_) @call.object name: (name) @call.method arguments: (_) @call.args) @call
(member_call_expression object: (_) @call.object arguments: (_) @call.args) @call
(member_call_expression name: [(variable_name) (encapsed_string) (string) (subscript_expression) (binary_expression) (member_access_expression) (dynamic_variable_name) (function_call_expression)] @call.key) @call
(nullsafe_member_call_expression object: (_) @call.object name: (_) @call.method arguments: (_) @call.args) @call
(scoped_call_expression scope: (_) @call.object name: (name) @call.method arguments: (_) @call.args) @call
(scoped_call_expression scope: (_) @call.object arguments: (_) @call.args) @call
(scoped_call_expression name: [(variable_name) (encapsed_string) (string)] @call.key) @call
(object_creation_expression . (_) @call.func) @call
(object_creation_expression (arguments) @call.args) @call
(object_creation_expression (anonymous_class)) @wrap
(arguments) @args
(argument name: (name) @kwarg.name (_) @kwarg.value) @kwarg
(argument name: (name) @var)
(argument (variadic_unpacking)) @splat
(argument (variadic_unpacking (_) @splat.value)) @splat
(echo_statement "echo" @call.func (_) @call.args) @call
(echo_statement "echo" @anycase)
(sequence_expression) @comma
(sequence_expression (sequence_expression) @list)
(echo_statement (sequence_expression) @args)
(print_intrinsic "print" @call.func (_) @call.args) @call
(print_intrinsic "print" @anycase)
(exit_statement) @call
(exit_statement "exit" @call.func) @call
(exit_statement (_) @call.more) @call
(exit_statement "exit" @anycase)
(include_expression "include" @call.func (_) @call.args) @call
(include_expression "include" @anycase)
(include_once_expression "include_once" @call.func (_) @call.args) @call
(include_once_expression "include_once" @anycase)
(require_expression "require" @call.func (_) @call.args) @call
(require_expression "require" @anycase)
(require_once_expression "require_once" @call.func (_) @call.args) @call
(require_once_expression "require_once" @anycase)
(shell_command_expression) @call
(shell_command_expression . "`" @call.func) @call
(shell_command_expression . "`" @name)
(shell_command_expression [(string_content) (variable_name) (member_access_expression) (subscript_expression) (escape_sequence) (dynamic_variable_name)] @call.more) @call
(cast_expression type: (cast_type) @call.func value: (_) @call.args) @call
(cast_expression type: (cast_type) @anycase)
(dynamic_variable_name "$" @call.func (_) @call.args) @call
(dynamic_variable_name "$" @name)
(dynamic_variable_name (name) @word)
(member_access_expression object: (_) @member.object name: (name) @member.prop) @member
(nullsafe_member_access_expression object: (_) @member.object name: (_) @member.prop) @member
(member_access_expression object: (_) @index.object name: [(variable_name) (encapsed_string) (string) (subscript_expression) (binary_expression) (function_call_expression)] @index.key) @index
(scoped_property_access_expression scope: (_) @member.object name: (variable_name (name) @wrap.value) @member.prop) @member
(scoped_property_access_expression name: (variable_name (name) @wrap.value) @wrap)
(scoped_property_access_expression name: (variable_name (name) @name))
(class_constant_access_expression . (_) @member.object (name) @member.prop .) @member
(subscript_expression . (_) @index.object) @index
(subscript_expression . (_) (_) @index.key) @index
(unary_op_expression operator: _ @unop.op argument: (_) @unop.arg) @unop
(binary_expression left: (_) @binop.left operator: _ @binop.op right: (_) @binop.right) @binop
(conditional_expression condition: (_) @cond.test body: (_) @cond.then alternative: (_) @cond.else) @cond
(conditional_expression condition: (_) @binop.left "?" @binop.op !body alternative: (_) @binop.right) @binop
[(array_creation_expression) (list_literal)] @list
(array_creation_expression (array_element_initializer . (_) "=>")) @dict
(array_element_initializer . (_) @pair.key "=>" (_) @pair.value .) @pair
(array_element_initializer (variadic_unpacking (_) @splat.value)) @splat
