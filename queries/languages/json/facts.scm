; JSON: node kinds -> roles (docs/languages.md).
(comment) @comment
(object) @dict
(array) @list
(pair key: (_) @pair.key value: (_) @pair.value) @pair
(string) @str
(number) @num
(true) @true
(false) @false
(null) @null
