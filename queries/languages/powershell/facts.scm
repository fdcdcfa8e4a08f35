; PowerShell: node kinds -> roles (docs/languages.md). Names count without regard to capital letters. A command is a
; call; its words are arguments, and its options keywords. Nothing here names a risk.
(comment) @comment
[(statement_list) (statement_block) (script_block_body) (named_block_list)] @block
[(logical_expression) (bitwise_expression) (comparison_expression) (additive_expression) (multiplicative_expression)
 (format_expression) (range_expression) (array_literal_expression) (unary_expression) (logical_argument_expression)
 (bitwise_argument_expression) (comparison_argument_expression) (additive_argument_expression)
 (multiplicative_argument_expression) (format_argument_expression) (range_argument_expression) (argument_expression)
 (left_assignment_expression) (pipeline) (parenthesized_expression) (sub_expression)
 (expression_with_unary_operator) (string_literal) (command_name_expr) (path_command_name) (type_literal)
 (integer_literal) (for_initializer) (for_condition) (for_iterator) (switch_condition) (key_expression)] @wrap
[(simple_name) (command_name) (comparison_operator) (format_operator)] @anycase
(function_name) @anycase
(type_spec) @path
(type_identifier) @anycase
((type_identifier) @skip (#match? @skip "^[sS][yY][sS][tT][eE][mM]$"))
(type_spec (array_type_name)) @anycase
(variable) @anyvar
((variable) @true (#match? @true "^\\$[tT][rR][uU][eE]$"))
((variable) @false (#match? @false "^\\$[fF][aA][lL][sS][eE]$"))
((variable) @null (#match? @null "^\\$[nN][uU][lL][lL]$"))
((variable) @this (#match? @this "^\\$[tT][hH][iI][sS]$"))
[(expandable_string_literal) (expandable_here_string_literal) (verbatim_string_characters) (verbatim_here_string_characters)] @str
(generic_token) @bare
(command_parameter) @option
[(decimal_integer_literal) (hexadecimal_integer_literal) (real_literal)] @num
(hash_literal_expression) @dict
(hash_entry (key_expression) @pair.key (_) @pair.value) @pair
(key_expression (simple_name) @option)
(array_literal_expression (_) "," (_)) @list
(array_expression "@(" @call.func) @call
(array_expression statements: (_) @call.more) @call
(array_expression "@(" @name)

(assignment_expression (left_assignment_expression) @declare.target value: (_) @declare.value) @declare
((assignment_expression (left_assignment_expression) @augment.target (assignement_operator) @augment.op value: (_) @augment.value) @augment
  (#not-eq? @augment.op "="))
(function_statement (function_name) @func.name (script_block (script_block_body) @func.body)) @func
(function_statement (function_name) @func.name) @func
(function_statement (function_parameter_declaration (parameter_list) @func.params)) @func
(function_statement (script_block (param_block (parameter_list) @func.params))) @func
(function_statement (param_block (parameter_list) @func.params)) @func
(script_block_expression) @func
(script_block_expression (script_block (script_block_body) @func.body)) @func
(script_block_expression (param_block (parameter_list) @func.params)) @func
(script_block_expression (script_block (param_block (parameter_list) @func.params))) @func
[(parameter_list) (class_method_parameter_list)] @params
(script_parameter (variable) @param.name) @param
(script_parameter (script_parameter_default (_) @param.default)) @param
(class_method_parameter (variable) @param.name) @param
(attribute_list) @skip
(class_statement . (simple_name) @class.name) @class
(class_statement . (simple_name) . (simple_name) @class.base) @class
(class_statement (class_property_definition) @class.body) @class
(class_statement (class_method_definition) @class.body) @class
(class_property_definition (variable) @declare.target) @declare
(class_property_definition (variable) @declare.target . (_) @declare.value) @declare
(class_property_definition (variable) @unmarked)
(class_method_definition (simple_name) @func.name (script_block (script_block_body) @func.body)) @func
(class_method_definition (simple_name) @func.name (class_method_parameter_list) @func.params) @func

(if_statement condition: (_) @branch.test (statement_block) @branch.body) @branch
(if_statement elseif_clauses: (elseif_clauses (elseif_clause) @branch.arm)) @branch
(if_statement else_clause: (_) @branch.else) @branch
(elseif_clause condition: (_) @arm.test (statement_block) @arm.body) @arm
[(else_clause) (finally_clause) (switch_clause)] @comma
(switch_statement (switch_condition) @branch.subject) @branch
(switch_statement (switch_body (switch_clauses (switch_clause) @branch.arm))) @branch
(foreach_statement (variable) @loop.target (pipeline) @loop.iter (statement_block) @loop.body) @loop
(for_statement (statement_block) @loop.body) @loop
(for_statement for_initializer: (_) @loop.init) @loop
(for_statement for_condition: (_) @loop.test) @loop
(for_statement for_iterator: (_) @loop.step) @loop
(while_statement condition: (_) @loop.test (statement_block) @loop.body) @loop
(do_statement (statement_block) @loop.body) @loop
(try_statement (statement_block) @try.body) @try
(try_statement (catch_clauses (catch_clause) @try.arm)) @try
(try_statement (finally_clause) @try.final) @try
(catch_clause (statement_block) @wrap.value) @wrap
(flow_control_statement) @leave
(flow_control_statement "return") @return
(flow_control_statement "return" (_) @return.value) @return

(pipeline_chain) @pipe
(command command_name: (_) @call.func) @call
(command command_elements: (command_elements [(command_parameter) (generic_token) (array_literal_expression) (parenthesized_expression) (script_block_expression)] @call.more)) @call
(invokation_expression . (_) @call.object (member_name (simple_name) @call.method)) @call
(invokation_expression . (_) @call.object (member_name [(variable) (string_literal) (expandable_string_literal) (parenthesized_expression)] @call.key)) @call
(invokation_expression (argument_list) @call.args) @call
(argument_list) @args
(member_access . (_) @member.object (member_name (simple_name) @member.prop)) @member
(member_access . (_) @index.object (member_name [(variable) (string_literal) (expandable_string_literal) (parenthesized_expression)] @index.key)) @index
(element_access . (_) @index.object (_) @index.key) @index
(cast_expression . (type_literal) @call.func (_) @call.more) @call
(expression_with_unary_operator ["-join" "-split"] @call.func (_) @call.more) @call
(expression_with_unary_operator ["-join" "-split"] @name)
(expression_with_unary_operator ["!" "-not" "-" "+"] @unop.op (_) @unop.arg) @unop
(comparison_expression . (_) @call.more (comparison_operator) @call.func (_) @call.more .) @call
(format_expression . (_) @call.more (format_operator) @call.func (_) @call.more .) @call
(range_expression . (_) @call.more ".." @call.func (_) @call.more .) @call
(range_expression ".." @name)
(additive_expression . (_) @binop.left ["+" "-"] @binop.op (_) @binop.right .) @binop
(multiplicative_expression . (_) @binop.left ["*" "/" "%"] @binop.op (_) @binop.right .) @binop
(logical_expression . (_) @binop.left ["-and" "-or" "-xor"] @binop.op (_) @binop.right .) @binop
(comparison_argument_expression . (_) @call.more (comparison_operator) @call.func (_) @call.more .) @call
(format_argument_expression . (_) @call.more (format_operator) @call.func (_) @call.more .) @call
(additive_argument_expression . (_) @binop.left ["+" "-"] @binop.op (_) @binop.right .) @binop
(multiplicative_argument_expression . (_) @binop.left ["*" "/" "%"] @binop.op (_) @binop.right .) @binop
(path_command_name . (variable) @member.object . (path_command_name_token) @member.prop .) @member
(path_command_name (variable) (path_command_name_token) @unmarked)
(array_type_name (type_name (type_identifier) @skip))
