; What bindings and handlers of a template hold is JavaScript; `v-html` writes its value as HTML.
((attribute (attribute_name) @_name (quoted_attribute_value) @match)
  (#match? @_name "^(:|@|#|v-(bind|on|if|else-if|show|text|model))") (#not-match? @_name "^(#|v-slot)")
  (#set! language "javascript") (#set! form "entities") (#set! before "(") (#set! after ")"))
((attribute (attribute_name) @_name (quoted_attribute_value) @match)
  (#match? @_name "^(@|v-on:)") (#set! language "javascript") (#set! form "entities"))
((attribute (attribute_name) @_name (quoted_attribute_value) @match)
  (#eq? @_name "v-html") (#set! language "javascript") (#set! form "entities")
  (#set! before "document.body.innerHTML = (") (#set! after ")"))
