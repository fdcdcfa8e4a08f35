"""The one abstract evaluator for all languages: Facts are compiled to flat programs and run on abstract values.

`values` what is known of an expression; `store` where it is kept, branched and joined; `compile` Facts to programs;
`machine` runs them; `calls`, `intrinsics`, `folding`, `containers` say what calls and operators do; `module` evaluates
a file by parts that are kept from version to version. Nothing here knows a rule or a risk.
"""
