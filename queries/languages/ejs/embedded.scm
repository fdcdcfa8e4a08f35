; All JavaScript of a file is one program in the order of the file; `<%-` writes its value as HTML.
((directive (code) @match) (#set! language "javascript") (#set! joined "true") (#set! after "\n"))
((output_directive (code) @match) (#set! language "javascript") (#set! joined "true") (#set! before "escape(") (#set! after ");\n"))
((output_directive "<%-" (code) @match) (#set! language "javascript") (#set! joined "true") (#set! before "document.write(") (#set! after ");\n"))
((content) @match (#set! language "html") (#set! joined "true") (#set! guess "true"))
((output_directive) @match (#set! language "html") (#set! joined "true") (#set! guess "true") (#set! form "nothing") (#set! before "0"))
