; Templates: the code in them is Ruby, the rest is HTML (embedded.scm).
(comment_directive) @comment
