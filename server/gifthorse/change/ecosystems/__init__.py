"""How packages are named and declared, one module an ecosystem, found by its name.

Each has `FILES` (globs of the names of its manifests and locks), `LOCKS`, `candidates(word)` (the names under which what
is imported may be declared, the likeliest first; none where it is no package), `normal(name)`, `read(name, text)`,
`slot(name, text)` (where a further package is declared) and `inline(text)` (what code itself declares).
"""
