; HTML: node kinds -> roles (docs/languages.md). An element is a call of its tag with attributes as keywords.
(comment) @comment
(element (start_tag (tag_name) @call.func)) @call
(element (self_closing_tag (tag_name) @call.func)) @call
(script_element (start_tag (tag_name) @call.func)) @call
(style_element (start_tag (tag_name) @call.func)) @call
(element (start_tag (attribute) @call.more)) @call
(element (self_closing_tag (attribute) @call.more)) @call
(script_element (start_tag (attribute) @call.more)) @call
(style_element (start_tag (attribute) @call.more)) @call
(tag_name) @anycase
(attribute (attribute_name) @kwarg.name) @kwarg
(attribute (attribute_name) @kwarg.name (attribute_value) @kwarg.value) @kwarg
(attribute (attribute_name) @kwarg.name (quoted_attribute_value) @kwarg.value) @kwarg
(attribute (attribute_value) @word)
(quoted_attribute_value) @str
