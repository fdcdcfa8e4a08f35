; Swift: node kinds -> roles (docs/languages.md). A later pattern overrides an earlier one. Nothing here names a risk.
[(comment) (multiline_comment)] @comment
[(source_file) (statements) (class_body) (enum_class_body) (protocol_body)] @block
[(simple_identifier) (type_identifier)] @name
[(self_expression)] @this
[(line_string_literal) (multi_line_string_literal) (raw_string_literal)] @str
(interpolated_expression value: (_) @interp.value) @interp
[(integer_literal) (hex_literal) (bin_literal) (oct_literal) (real_literal)] @num
(boolean_literal) @false
((boolean_literal) @true (#eq? @true "true"))
(nil_literal) @null
[(try_expression) (await_expression) (user_type) (optional_type) (directly_assignable_expression)] @wrap
(try_expression expr: (_) @wrap.value) @wrap
(await_expression expr: (_) @wrap.value) @wrap
(postfix_expression target: (_) @wrap.value) @wrap
(as_expression expr: (_) @wrap.value) @wrap
(user_type . (type_identifier) @wrap.value .) @wrap
(user_type (type_identifier) @member.object . (type_identifier) @member.prop) @member
(optional_type wrapped: (_) @wrap.value) @wrap
[(modifiers) (attribute) (type_parameters) (throws)] @skip

(import_declaration (identifier) @import.module) @import

(function_declaration name: (simple_identifier) @func.name) @func
(function_declaration (parameter) @func.params) @func
(function_declaration default_value: (_) @func.default) @func
(init_declaration default_value: (_) @func.default) @func
(function_declaration body: (_) @func.body) @func
(init_declaration "init" @func.name) @func
(init_declaration (parameter) @func.params) @func
(init_declaration body: (_) @func.body) @func
(function_body) @wrap
(parameter name: (simple_identifier) @param.name) @param
(parameter external_name: (_) @param.label) @param
(parameter (user_type) @param.type) @param
(lambda_literal (statements) @func.body) @func
(lambda_literal type: (lambda_function_type (lambda_function_type_parameters) @func.params)) @func
(lambda_function_type_parameters) @params
(lambda_parameter name: (simple_identifier) @param.name) @param
(control_transfer_statement "return") @return
(control_transfer_statement "return" result: (_) @return.value) @return
(control_transfer_statement (throw_keyword)) @leave
(control_transfer_statement ["break" "continue"]) @leave

(class_declaration name: (_) @class.name body: (_) @class.body) @class
(class_declaration (inheritance_specifier inherits_from: (_) @class.base)) @class
(protocol_declaration name: (_) @class.name body: (_) @class.body) @class
(enum_entry name: (_) @declare.target raw_value: (_) @declare.value) @declare

(property_declaration name: (pattern bound_identifier: (simple_identifier) @declare.target)) @declare
(property_declaration name: (pattern (pattern)) @declare.target) @declare
(property_declaration value: (_) @declare.value) @declare
(property_declaration (type_annotation (_) @declare.type)) @declare
(property_declaration computed_value: (computed_property (statements) @func.body)) @func
(property_declaration name: (pattern bound_identifier: (_) @func.name) computed_value: (_)) @func
(pattern (pattern)) @list
(pattern !bound_identifier . (simple_identifier) @wrap.value .) @wrap
(typealias_declaration name: (type_identifier) @declare.target (user_type) @declare.value) @declare
(assignment target: (_) @assign.target operator: "=" result: (_) @assign.value) @assign
(assignment target: (_) @augment.target operator: ["+=" "-=" "*=" "/=" "%="] @augment.op result: (_) @augment.value) @augment

(if_statement condition: (_) @branch.test) @branch
(if_statement condition: (value_binding_pattern) @branch.skip) @branch
(if_statement bound_identifier: (_) @branch.target) @branch
(if_statement bound_identifier: (_) . condition: (_) @branch.value) @branch
(if_statement (statements) @branch.arm) @branch
(if_statement (else) . [(statements) (if_statement)] @branch.else) @branch
(guard_statement condition: (_) @branch.test) @branch
(guard_statement condition: (value_binding_pattern) @branch.skip) @branch
(guard_statement bound_identifier: (_) @branch.target) @branch
(guard_statement bound_identifier: (_) . condition: (_) @branch.value) @branch
(guard_statement (else)) @branch
(guard_statement (statements) @branch.unless) @branch
(switch_statement expr: (_) @branch.test (switch_entry) @branch.arm) @branch
(switch_statement (switch_entry (default_keyword)) @branch.else) @branch
(switch_statement "switch" @branch.breaks) @branch
(switch_entry) @sequence
(switch_pattern (pattern (pattern bound_identifier: (_) @case.target))) @case
(switch_pattern (pattern bound_identifier: (_) @case.target)) @case
(ternary_expression condition: (_) @cond.test if_true: (_) @cond.then if_false: (_) @cond.else) @cond
(for_statement item: (pattern bound_identifier: (_) @loop.target) collection: (_) @loop.iter) @loop
(for_statement item: (pattern (pattern)) @loop.target collection: (_) @loop.iter) @loop
(for_statement (statements) @loop.body) @loop
(while_statement condition: (_) @loop.test) @loop
(while_statement (statements) @loop.body) @loop
(repeat_while_statement condition: (_) @loop.step) @loop
(repeat_while_statement (statements) @loop.body) @loop
(do_statement (statements) @try.body) @try
(do_statement (catch_block) @try.arm) @try
(catch_block (statements) @wrap.value) @wrap

(call_expression . (_) @call.func (call_suffix)) @call
(call_expression (call_suffix (value_arguments) @call.args)) @call
(call_expression (call_suffix (lambda_literal) @call.more)) @call
(value_arguments) @args
(value_argument value: (_) @wrap.value) @wrap
(value_argument name: (value_argument_label (_) @kwarg.name) value: (_) @kwarg.value) @kwarg
(call_expression . (_) @index.object (call_suffix (value_arguments "[") @index.key)) @index
(call_expression (call_suffix (value_arguments "[") @wrap))
(call_expression . [(array_literal) (dictionary_literal)] @wrap.value (call_suffix (value_arguments . "(" . ")"))) @wrap
(navigation_expression target: (_) @member.object suffix: (navigation_suffix suffix: (_) @member.prop)) @member
(navigation_expression suffix: (navigation_suffix suffix: (integer_literal) @index.key)) @index
(navigation_expression target: (_) @index.object suffix: (navigation_suffix suffix: (integer_literal))) @index
(prefix_expression operation: _ @unop.op target: (_) @unop.arg) @unop
(prefix_expression operation: "." target: (_) @wrap.value) @wrap
[(super_expression)] @name
(additive_expression lhs: (_) @binop.left op: _ @binop.op rhs: (_) @binop.right) @binop
(multiplicative_expression lhs: (_) @binop.left op: _ @binop.op rhs: (_) @binop.right) @binop
(comparison_expression lhs: (_) @binop.left op: _ @binop.op rhs: (_) @binop.right) @binop
(equality_expression lhs: (_) @binop.left op: _ @binop.op rhs: (_) @binop.right) @binop
(conjunction_expression lhs: (_) @binop.left op: _ @binop.op rhs: (_) @binop.right) @binop
(disjunction_expression lhs: (_) @binop.left op: _ @binop.op rhs: (_) @binop.right) @binop
(infix_expression lhs: (_) @binop.left op: _ @binop.op rhs: (_) @binop.right) @binop
(bitwise_operation lhs: (_) @binop.left op: _ @binop.op rhs: (_) @binop.right) @binop
(nil_coalescing_expression value: (_) @binop.left "??" @binop.op if_nil: (_) @binop.right) @binop
(array_literal) @list
(array_literal (_) @other)
(tuple_expression value: (_)) @list
(tuple_expression value: (_) @other)
(tuple_expression name: (_) @skip)
(tuple_expression . value: (_) @wrap.value .) @wrap
(dictionary_literal) @dict
(dictionary_literal key: (_) @dict.key value: (_) @dict.value) @dict
