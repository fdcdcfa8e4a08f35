"""Several raw queries as one: whose a match is, and what happens to one that does not fit the grammar."""

import pytest

from gifthorse.engine.syntax import compile_union, load_grammar, parse, root
from gifthorse.store.catalogue import load_catalogue

GRAMMAR = load_grammar(load_catalogue().languages["python"])
TEXT = b"run('x')\n"
NAMES, TEXTS = "((identifier) @match)", '((string) @match (#match? @match "x"))'
TWO = "((call) @match)\n((argument_list) @match)"
STRANGE = "((no_such_kind) @match)"


def owners(texts, needed):
    union = compile_union(GRAMMAR, texts, needed, lambda pattern, text: pattern in text)
    rows, whole = union.run(next(root(parse(GRAMMAR, TEXT)).pieces()), TEXT)
    assert whole
    return sorted((number, TEXT[start:end].decode()) for number, start, end, _ in rows)


def test_each_match_belongs_to_the_text_that_it_comes_from():
    found = [(0, "run"), (1, "('x')"), (1, "run('x')"), (2, "'x'")]
    assert owners([NAMES, TWO, TEXTS], [True, True, True]) == found


def test_what_does_not_fit_and_is_not_needed_is_left_out():
    assert owners([NAMES, STRANGE, TEXTS], [True, False, True]) == [(0, "run"), (2, "'x'")]


def test_what_does_not_fit_and_is_needed_is_named():
    with pytest.raises(ValueError, match="no_such_kind"):
        compile_union(GRAMMAR, [NAMES, STRANGE], [True, True], lambda _pattern, _text: True)


@pytest.mark.parametrize("texts", [[], [STRANGE]])
def test_of_nothing_there_is_no_union(texts):
    assert compile_union(GRAMMAR, texts, [False] * len(texts), lambda _pattern, _text: True) is None
