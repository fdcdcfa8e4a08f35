; All Ruby of a file is one program in the order of the file; what is written out is given to `erb_output`, or where it
; is not escaped to `erb_raw`.
((directive (code) @match) (#set! language "ruby") (#set! joined "true") (#set! after "\n"))
((output_directive (code) @match) (#set! language "ruby") (#set! joined "true") (#set! before "erb_output((") (#set! after "))\n"))
((output_directive "<%==" (code) @match) (#set! language "ruby") (#set! joined "true") (#set! before "erb_raw((") (#set! after "))\n"))
((content) @match (#set! language "html") (#set! joined "true") (#set! guess "true"))
((output_directive) @match (#set! language "html") (#set! joined "true") (#set! guess "true") (#set! form "nothing") (#set! before "0"))
