; XML: node kinds -> roles (docs/languages.md). An element is a pair: attributes and elements in it are pairs too.
(Comment) @comment
(element (STag (Name) @pair.key)) @pair
(element (EmptyElemTag (Name) @pair.key)) @pair
(STag (Name) @word)
(EmptyElemTag (Name) @word)
(Attribute (Name) @pair.key (AttValue) @pair.value) @pair
(Attribute (Name) @word)
(AttValue) @str
((CharData) @word (#match? @word "[^ \t\r\n]"))
(CDSect (CData) @word)
