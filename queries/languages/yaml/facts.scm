; YAML: node kinds -> roles (docs/languages.md). A later pattern overrides an earlier one.
(comment) @comment
[(block_node) (flow_node) (block_sequence_item)] @wrap
[(block_mapping) (flow_mapping)] @dict
[(block_sequence) (flow_sequence)] @list

(block_mapping_pair key: (_) @pair.key) @pair
(block_mapping_pair key: (_) @pair.key value: (_) @pair.value) @pair
(flow_pair key: (_) @pair.key) @pair
(flow_pair key: (_) @pair.key value: (_) @pair.value) @pair
; `<<: *name` merges what the name stands for.
((block_mapping_pair key: (_) @_key value: (_) @kwsplat.value) @kwsplat (#eq? @_key "<<"))
((flow_pair key: (_) @_key value: (_) @kwsplat.value) @kwsplat (#eq? @_key "<<"))

; Scalars. Besides what the core schema takes for booleans, YAML 1.1 has words that many programs still read so.
(plain_scalar) @word
[(integer_scalar) (float_scalar)] @num
(plain_scalar [(integer_scalar) (float_scalar)] @wrap.value) @wrap
(boolean_scalar) @true
((boolean_scalar) @false (#any-of? @false "false" "False" "FALSE"))
(plain_scalar (boolean_scalar) @wrap.value) @wrap
(null_scalar) @null
(plain_scalar (null_scalar) @wrap.value) @wrap
((plain_scalar) @true (#any-of? @true "yes" "Yes" "YES" "on" "On" "ON"))
((plain_scalar) @false (#any-of? @false "no" "No" "NO" "off" "Off" "OFF"))
[(single_quote_scalar) (double_quote_scalar)] @str
(block_scalar) @lines

; Anchors are names, aliases stand for what they name.
(block_node (anchor (anchor_name) @declare.target) [(block_mapping) (block_sequence) (block_scalar)] @declare.value) @declare
(flow_node (anchor (anchor_name) @declare.target)
  [(flow_mapping) (flow_sequence) (plain_scalar) (single_quote_scalar) (double_quote_scalar)] @declare.value) @declare
(anchor_name) @name
(flow_node (alias (alias_name) @wrap.value)) @wrap
(alias_name) @name

; A tag is a call: of a type, or of whatever the reader makes of it.
(block_node (tag) @call.func [(block_mapping) (block_sequence) (block_scalar)] @call.args) @call
(flow_node (tag) @call.func
  [(flow_mapping) (flow_sequence) (plain_scalar) (single_quote_scalar) (double_quote_scalar)] @call.args) @call
(tag) @name
