; Templates: the code in them is JavaScript, the rest is HTML (embedded.scm).
(comment_directive) @comment
