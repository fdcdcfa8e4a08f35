; SQL: node kinds -> roles (docs/languages.md). A function is a call, and so is a statement, by its first word.
[(comment) (marginalia)] @comment
(statement) @sequence

(invocation (object_reference) @call.func) @call
(invocation (object_reference) @call.func parameter: (_) @call.args) @call
(term value: (_) @wrap.value) @wrap
(object_reference schema: (identifier) @member.object name: (identifier) @member.prop) @member
(object_reference !schema name: (identifier) @wrap.value) @wrap
(field name: (identifier) @wrap.value) @wrap
(identifier) @anycase
((literal) @str (#match? @str "^'"))
((literal) @num (#match? @num "^[0-9.]+$"))
(keyword_true) @true
(keyword_false) @false
(keyword_null) @null
(binary_expression left: (_) @binop.left operator: _ @binop.op right: (_) @binop.right) @binop

(grant_statement (keyword_grant) @call.func) @call
(keyword_grant) @anycase
(grant_statement [(keyword_all) (keyword_select) (keyword_to) (keyword_public)] @word)
(create_role (keyword_create) @call.func password: (literal) @call.args) @call
(keyword_create) @anycase
