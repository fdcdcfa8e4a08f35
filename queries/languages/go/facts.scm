; Go: node kinds -> roles (docs/languages.md). A composite literal is a call of its type with keyword arguments.
(comment) @comment
[(source_file) (block) (statement_list)] @block
[(identifier) (package_identifier) (type_identifier)] @name
[(interpreted_string_literal) (raw_string_literal) (rune_literal)] @str
[(int_literal) (float_literal) (imaginary_literal)] @num
(true) @true
(false) @false
(nil) @null
[(parenthesized_expression) (literal_element) (expression_statement) (pointer_type) (parenthesized_type)] @wrap
(import_spec name: (package_identifier) @import.alias path: (_) @import.module) @import
(import_spec !name path: (_) @import.module) @import
(import_spec name: (dot) @import.star path: (_) @import.module) @import

(function_declaration name: (identifier) @func.name parameters: (_) @func.params body: (_) @func.body) @func
(method_declaration receiver: (_) @func.receiver name: (_) @func.name parameters: (_) @func.params body: (_) @func.body) @func
(func_literal parameters: (_) @func.params body: (_) @func.body) @func
(parameter_list) @params
(parameter_declaration name: (identifier) @param.name type: (_) @param.type) @param
(parameter_declaration !name type: (_) @param.type) @param
(variadic_parameter_declaration name: (identifier) @param.rest) @param
(return_statement) @return
(return_statement (expression_list . (_) @return.value .)) @return
[(continue_statement) (break_statement) (goto_statement)] @leave
(type_declaration (type_spec name: (type_identifier) @class.name type: (struct_type))) @class

[(var_declaration) (const_declaration) (var_spec_list) (for_clause) (defer_statement) (go_statement)] @sequence
(short_var_declaration left: (_) @declare.target right: (_) @declare.value) @declare
(assignment_statement left: (_) @assign.target operator: "=" right: (_) @assign.value) @assign
(assignment_statement left: (_) @augment.target operator: ["+=" "-=" "*=" "|="] @augment.op right: (_) @augment.value) @augment
(var_spec name: (_) @declare.target type: (_) @declare.type) @declare
(var_spec name: (_) @declare.target value: (_) @declare.value) @declare
(const_spec name: (_) @declare.target value: (_) @declare.value) @declare
(expression_list) @list
(expression_list . (_) @wrap.value .) @wrap
(literal_value) @list

(if_statement condition: (_) @branch.test consequence: (_) @branch.arm) @branch
(if_statement alternative: (_) @branch.else) @branch
(expression_switch_statement (expression_case) @branch.arm) @branch
(expression_switch_statement (default_case) @branch.arm) @branch
(expression_switch_statement value: (_) @branch.subject) @branch
(type_switch_statement (type_case) @branch.arm) @branch
(select_statement (communication_case) @branch.arm) @branch
[(type_case) (communication_case) (default_case)] @sequence
(expression_case (_) @arm.body) @arm
(expression_case value: (_) @arm.test) @arm
(expression_case) @arm
(for_statement body: (_) @loop.body) @loop
(for_statement (range_clause left: (_) @loop.target right: (_) @loop.iter)) @loop
(for_statement (range_clause left: (expression_list (_) (_)) "range" @loop.key)) @loop
(for_statement (for_clause initializer: (_) @loop.init)) @loop
(for_statement (for_clause condition: (_) @loop.test)) @loop

(call_expression function: (_) @call.func arguments: (_) @call.args) @call
(type_conversion_expression operand: (_) @wrap.value) @wrap
(composite_literal type: (_) @call.func body: (literal_value) @call.args) @call
(struct_type "struct" @wrap.value) @wrap
(struct_type "struct" @name)
(composite_literal type: [(slice_type) (array_type) (implicit_length_array_type)] body: (literal_value) @wrap.value) @wrap
(composite_literal type: (map_type) body: (literal_value) @wrap.value) @wrap
(composite_literal type: (map_type) body: (literal_value) @dict)
(argument_list) @args
(argument_list (_) @other)
(variadic_argument (_) @splat.value) @splat
(keyed_element . (literal_element (identifier)) @kwarg.name (literal_element) @kwarg.value) @kwarg
(keyed_element . (literal_element [(interpreted_string_literal) (raw_string_literal) (int_literal) (selector_expression)]) @pair.key (literal_element) @pair.value) @pair
(selector_expression operand: (_) @member.object field: (_) @member.prop) @member
(qualified_type package: (_) @member.object name: (_) @member.prop) @member
(index_expression operand: (_) @index.object index: (_) @index.key) @index
(slice_expression operand: (_) @index.object) @index
(slice_expression operand: (_) @wrap.value !start !end) @wrap
; Sending into a channel appends to it; what is received may be anything that was sent.
(send_statement channel: (_) @call.more "<-" @call.func value: (_) @call.more) @call
(send_statement "<-" @name)
(unary_expression operator: "<-" operand: (_) @index.object) @index
(unary_expression operator: _ @unop.op operand: (_) @unop.arg) @unop
(binary_expression left: (_) @binop.left operator: _ @binop.op right: (_) @binop.right) @binop
(type_assertion_expression operand: (_) @wrap.value) @wrap
