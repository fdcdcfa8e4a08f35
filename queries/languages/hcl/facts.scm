; HCL and Terraform: node kinds -> roles (docs/languages.md). A later pattern overrides an earlier one.
(comment) @comment

; A block is a pair whose keys are its type and labels, and whose value are the pairs in it.
(block (identifier) @pair.key) @pair
(block (string_lit) @pair.key) @pair
(attribute (identifier) @pair.key (expression) @pair.value) @pair
(identifier) @name
(block (identifier) @word)
(attribute (identifier) @word)

(expression) @wrap
(expression . (variable_expr) . [(get_attr) (index) (splat)]) @chain
(expression . (function_call) . [(get_attr) (index) (splat)]) @chain
(variable_expr (identifier) @wrap.value) @wrap
(get_attr (identifier) @member.prop) @member
(index (new_index (expression) @index.key)) @index
(index (legacy_index) @index.key) @index

(literal_value (_) @wrap.value) @wrap
[(string_lit) (quoted_template)] @str
(template_expr (quoted_template) @wrap.value) @wrap
(heredoc_template) @word
(template_interpolation (expression) @interp.value) @interp
(numeric_lit) @num
(bool_lit) @true
((bool_lit) @false (#eq? @false "false"))
(null_lit) @null

(collection_value (_) @wrap.value) @wrap
(tuple) @list
(object) @dict
(object_elem key: (_) @pair.key val: (_) @pair.value) @pair
(object_elem key: (expression (variable_expr (identifier) @word)))

(function_call (identifier) @call.func (function_arguments) @call.args) @call

(function_arguments) @args
(function_arguments (_) @other)
(conditional (expression) @cond.test . (expression) @cond.then . (expression) @cond.else) @cond
(operation (_) @wrap.value) @wrap
(unary_operation ["-" "!"] @unop.op (_) @unop.arg) @unop
(binary_operation . (_) @binop.left . ["==" "!=" "<" ">" "<=" ">=" "+" "-" "*" "/" "%" "&&" "||"] @binop.op . (_) @binop.right .) @binop
; What only changes the form of its argument is seen through.
((function_call (identifier) @_name (function_arguments . (expression) @wrap.value .)) @wrap
  (#any-of? @_name "jsonencode" "tolist" "toset" "tomap" "tostring" "sensitive" "nonsensitive"))
((function_call (identifier) @_name (function_arguments . (expression) .) @skip)
  (#any-of? @_name "jsonencode" "tolist" "toset" "tomap" "tostring" "sensitive" "nonsensitive"))
