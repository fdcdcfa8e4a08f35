; Bash and its kin: node kinds -> roles (docs/languages.md). A command is a call named as the command; its words are
; arguments, and those with a dash are keywords too. Nothing here names a risk.
(comment) @comment
[(program) (compound_statement) (do_group) (subshell)] @block
[(word) (regex) (extglob_pattern)] @bare
(raw_string) @str
(string) @text
(string_content) @escape
(ansi_c_string) @cquoted
(translated_string (_) @wrap.value) @wrap
(number) @word
(heredoc_body) @text
(heredoc_content) @chars
[(concatenation)] @strcat
[(variable_name) (special_variable_name)] @var
(simple_expansion (_) @wrap.value) @wrap
(expansion . (_) @wrap.value) @wrap
(expansion . (variable_name) @cond.test) @cond
(expansion . (variable_name) @wrap.value) @wrap
(expansion (variable_name) @binop.left operator: [":-" "-" ":=" "="] @binop.op . (_) @binop.right) @binop
(expansion operator: "!" @call.func (variable_name) @call.args) @call
(expansion operator: "!" @name)
(expansion operator: "#" (_)) @other
[(command_substitution) (process_substitution)] @comma
(array) @list
(subscript name: (_) @index.object index: (_) @index.key) @index
(subscript name: (_) @wrap.value index: (word) @_mark (#not-match? @_mark "[0-9A-Za-z#?!$_-]")) @wrap

(variable_assignment name: (_) @assign.target value: (_) @assign.value) @assign
(variable_assignment name: (_) @augment.target "+=" @augment.op value: (_) @augment.value) @augment
(declaration_command) @sequence
(declaration_command (variable_assignment name: (_) @declare.target value: (_) @declare.value) @declare)
(unset_command (_) @delete.target) @delete
(function_definition name: (word) @func.name body: (_) @func.body) @func
(if_statement . (_) @branch.test) @branch
(if_statement (_) [(command) (pipeline) (list) (redirected_statement) (variable_assignment) (declaration_command) (if_statement) (for_statement) (while_statement) (case_statement) (compound_statement) (subshell) (negated_command) (test_command) (unset_command) (c_style_for_statement)] @branch.body) @branch
(if_statement (elif_clause) @branch.arm) @branch
(if_statement (else_clause) @branch.else) @branch
(elif_clause . (_) @arm.test) @arm
(elif_clause . (_) (_) @arm.body) @arm
(else_clause) @comma
(case_statement value: (_) @branch.subject) @branch
(case_statement (case_item) @branch.arm) @branch
(case_item) @comma
(for_statement variable: (_) @loop.target) @loop
(for_statement value: (_) @loop.among) @loop
(for_statement body: (_) @loop.body) @loop
(c_style_for_statement body: (_) @loop.body) @loop
(while_statement body: (_) @loop.body) @loop
(while_statement condition: (_) @loop.test) @loop
[(list)] @sequence
(negated_command (_) @unop.arg) @unop
(test_command (_) @wrap.value) @wrap
(parenthesized_expression (_) @wrap.value) @wrap
(arithmetic_expansion (_) @wrap.value) @wrap
(arithmetic_expansion (number) @num)
(unary_expression operator: _ @unop.op (_) @unop.arg) @unop
(binary_expression left: (_) @binop.left operator: _ @binop.op right: (_) @binop.right) @binop
(binary_expression (number) @num)

(command name: (_) @call.func) @call
(command_name (_) @wrap.value) @wrap
(command argument: (_) @call.more) @call
(command (variable_assignment name: (_) @lent.target value: (_) @lent.value) @lent)
(command argument: (string . (simple_expansion (special_variable_name) @_mark) @splat.value .) @splat (#not-match? @_mark "[0-9A-Za-z#?!$_-]"))
(command argument: (simple_expansion (special_variable_name) @splat.value) @splat (#not-match? @splat.value "[0-9A-Za-z#?!$_-]"))
(command argument: (string . (expansion (subscript index: (word) @_mark)) @splat.value .) @splat (#not-match? @_mark "[0-9A-Za-z#?!$_-]"))
(command argument: (expansion (subscript index: (word) @_mark) @splat.value) @splat (#not-match? @_mark "[0-9A-Za-z#?!$_-]"))
(pipeline) @pipe
(redirected_statement body: (_) @fed.value) @fed
(redirected_statement redirect: (heredoc_redirect (heredoc_body) @wrap.value) @fed.input) @fed
(redirected_statement redirect: (herestring_redirect (_) @wrap.value) @fed.input) @fed
(redirected_statement redirect: (file_redirect "<" destination: (_) @wrap.value) @fed.input) @fed
(redirected_statement redirect: (file_redirect [">" ">>" ">&" "&>" "&>>" ">|"] . destination: (_) @wrap.value) @fed.output) @fed
(heredoc_redirect (heredoc_body) @wrap.value) @wrap
[(herestring_redirect) (file_redirect)] @wrap
(herestring_redirect (_) @wrap.value) @wrap
(file_redirect destination: (_) @wrap.value) @wrap
(command redirect: (herestring_redirect) @call.more) @call
(command redirect: (herestring_redirect "<<<" @kwarg.name (_) @kwarg.value) @kwarg)
(herestring_redirect "<<<" @stdin)
