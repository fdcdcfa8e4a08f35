; TOML: node kinds -> roles (docs/languages.md). A table is a pair whose value are the pairs in it.
(comment) @comment
(pair . (_) @pair.key . (_) @pair.value) @pair
(table . (_) @pair.key) @pair
(table_array_element . (_) @pair.key) @pair
(inline_table) @dict
(array) @list
(dotted_key) @list
(bare_key) @word
[(quoted_key) (string)] @str
[(integer) (float)] @num
[(offset_date_time) (local_date_time) (local_date) (local_time)] @word
(boolean) @true
((boolean) @false (#eq? @false "false"))
