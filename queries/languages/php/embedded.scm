; What stands outside of the code is HTML; what `<?=` writes there is filled in.
((text) @match (#set! language "html") (#set! joined "true") (#set! guess "true"))
((php_tag) @match (#eq? @match "<?=") (#set! language "html") (#set! joined "true") (#set! guess "true") (#set! form "nothing") (#set! before "0"))
