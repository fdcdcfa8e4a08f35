"""The disguise suite: whatever a rule finds, it must find when the same code is written so as to hide it.

Each rule's own `bad` samples are rewritten by many ways of disguise, one at a time and two at a time, and the rule is
asked again. Where a language can be executed in a sandbox, both are run and must do the same.

A language is one module here, found by its name LANGUAGES. It has:

`LANGUAGES`     the names of the languages whose samples it rewrites, as rules know them: `("java",)`.
`TARGETS`       what share of single and of double disguises must be found: `(0.9, 0.8)`.
`WAYS`          a tuple of Way, most made by `ways.table(role, {kind: {name: row}})`.
`TONGUE`        what has the functions that follow, where they are not the module's own: a `shapes.Shapes`,
                `native.Native` or `managed.Managed`, told which nodes of the grammar are what.
`spots(code, start, end, words)`
                the Spots of what a rule has found from `start` to `end` (characters). `words` are the arguments
                of which the rule speaks: `"0"`, `"verify"`, `"*"`. A Spot is (role, start, end); the roles are the
                module's own business, since only its Ways ask for them. Good ones are:
                `callee`   what is called (`os.system`)
                `call`     the whole call
                `value`    an argument that matters, and every literal inside it
                `keyword`  an argument with its keyword (`verify=False`), or a field of an object literal
                `assign`   an assignment to a field; `statement`, `import`: the whole of one
`fields(sample, spot)`
                words for templates. `ways.text_fields(text, quote)` gives those of a text literal: `{head}`,
                `{tail}`, `{reversed}`, `{codes}`, `{base64}`, `{hex}`, `{upper}` ...; a callee has `{object}` and
                `{member}` (a literal), a call `{callee}` and `{arguments}`. `{old}`, `{name}` and `{name2}` are
                always there. A Way whose words are not all there does not fit, so a word may also be a
                condition: `{false}` is empty, and only there where the value is `false`. What may be disguised
                again is marked: `sample.marked(start, end)` keeps the Spots inside, `⟪value|'x'⟫` is a new one.
`places(sample, spot)`
                where lines can be put: Places(before the statement, its indentation, the top of the file), or
                None where a line before the statement could not see what the Spot sees.
`sound(code)`   whether what was made keeps its meaning: False for pairs of disguises that do not go together.
`execute(work)` optional: sandbox.run_python or run_javascript, or one's own; with it `definitions(code)`, the names
                of functions and classes of the sample, which the sandbox calls.

A row is a format string, so braces of the language are doubled: what comes in the Spot's place; where there is more,
also the lines before its statement, and those at the top of the file. It takes one source of a Spot and moves it:

    table("value", {
        "container": {"map": ('{name}.get("go")', 'var {name} = Map.of("go", {old});')},
        "string assembly": {"concat": "{head}.concat({tail})"},
    })

Kinds (at least 13 where they make sense): computed constant, string assembly, encoding, reflection, container,
dynamic import, wrapper, code in a string, higher-order function, scope dictionary, class, alias, side-effect write,
splat, conditional, default argument, loop. `harmless/` holds honest code with the same constructs, which must stay
silent. Run `make disguise` for the table in docs/disguises.md, or `python -m disguise --show LANGUAGE [KIND]` in
`tests/` for what is missed.
"""
