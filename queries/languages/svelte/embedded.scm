; `{@html value}` writes its value as HTML.
((text) @match (#match? @match "^\\{@html\\s[^{}]*\\}$")
  (#set! language "javascript") (#set! strip "\\{@html\\s+") (#set! drop "\\}$")
  (#set! before "document.body.innerHTML = (") (#set! after ")"))
