"""Text that was moved or copied within a document and between documents."""

from dataclasses import replace

import pytest
from play import after, held, insertion, shown

from gifthorse.model.text import Edit, Span, Text
from gifthorse.provenance.copies import Known, arrived, copies, undoubted
from gifthorse.provenance.follow import add, carry, deleted, empty

AI = b"    return requests.get(address, verify=False, timeout=30)\n"
BLOCK = b"def load(path, mode):\n    with open(path, mode) as file:\n        return pickle.load(file)\n"


def pasted(text, holdings, at, new, *others):
    """The copies that are found when `new` comes in at `at`: {source: pieces of text}."""
    edit = Edit(Span(at, at), new)
    changed = text.apply(edit)
    here = Known(changed, carry(holdings, text, [edit], changed))
    found = copies(here, arrived(text, [edit]), others)
    return {copy.source.id: [changed.slice(span) for span in copy.spans] for copy in found}


def test_a_copy_in_the_same_document():
    text, holdings = held(b"first = 1\n" + AI + b"last = 2\n", AI)
    assert pasted(text, holdings, len(text), AI) == {"r1": [AI.strip()]}


def test_a_copy_in_another_document():
    source = Known(*held(b"x\n" + BLOCK, BLOCK))
    new = BLOCK.replace(b"\n", b"\r\n").replace(b"    ", b"\t")
    lines = [line.strip() for line in new.splitlines()]
    assert pasted(Text.of(b"y\n"), empty(), 2, new, source) == {"r1": lines}


def test_only_what_is_an_assistants_is_copied():
    text, holdings = after(*held(BLOCK, BLOCK), (27, 27, b"human = 1; "))
    mine = bytes(text).replace(b"human = 1; ", b"")
    source = Known(text, holdings)
    found = pasted(Text.of(b""), empty(), 0, bytes(text), source)["r1"]
    assert b"human" not in b"".join(found)
    assert b"".join(b"".join(found).split()) == b"".join(mine.split())


def test_what_a_persons_text_says_too_is_nobodys():
    source = Known(*held(b"x\n" + AI, AI))
    persons = Known(Text.of(b"# mine\n" + AI), empty())
    assert pasted(Text.of(b""), empty(), 0, AI, source, persons) == {}
    text, holdings = source
    assert pasted(text.apply(Edit(Span(0, 0), AI)), carry(holdings, text, [Edit(Span(0, 0), AI)], text), 0, AI) == {}


def test_short_or_plain_text_is_no_copy():
    for piece in (
        b"return None\n",
        b"import os, sys, re\n",
        b"x" * 80,
        b"= = = = = = = = = = = = = = = = = =",
        b"        }\n",
    ):
        text, holdings = held(b"q\n" + piece, piece)
        assert pasted(text, holdings, 0, piece) == {}


@pytest.mark.parametrize(
    "line",
    [
        b"import { render, screen, waitFor } from '@testing-library/react';\n",
        b"from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence\n",
        b"use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};\n",
        b'const { readFile, writeFile, rename } = require("node:fs/promises");\n',
        b'#include "some/long/path/to/a/header/file.hpp"\n',
        b"export { one, two, three, four } from './some/other/module';\n",
    ],
)
def test_an_import_is_no_copy_since_editors_write_them_by_themselves(line):
    text, holdings = held(b"q\n" + line, line)
    assert pasted(text, holdings, 0, line) == {}
    assert pasted(Text.of(b""), empty(), 0, line + line, Known(text, holdings)) == {}
    text, holdings = after(text, holdings, (2, 2 + len(line), b""))
    assert deleted(holdings) == ()
    text, holdings = after(text, holdings, (0, 0, line))
    assert holdings.regions() == ()


def test_imports_go_along_with_what_is_copied_with_them():
    block = b"import os\nfrom pathlib import Path\n" + BLOCK
    text, holdings = held(b"q\n" + block, block)
    found = pasted(text, holdings, 0, block)["r1"]
    assert b"".join(b"".join(found).split()) == b"".join(block.split())


def test_what_is_typed_is_no_copy():
    text, holdings = held(AI, AI)
    for at, letter in enumerate(AI):
        assert pasted(text, holdings, at, bytes([letter])) == {}
        text, holdings = after(text, holdings, (at, at, bytes([letter])))
    assert shown(text, holdings) == {"r1": [AI]}


def test_two_assistants_that_wrote_the_same_leave_it_open():
    one, two = held(AI, AI), held(AI, AI)
    record = two[1].records["r1"]
    origin = replace(record.insertion.origin, tool="other")
    other = add(empty(), two[0], replace(record.insertion, id="r9", origin=origin), [Span(0, len(AI))])
    assert pasted(Text.of(b""), empty(), 0, AI, Known(*one), Known(two[0], other)) == {}


def test_text_cut_here_and_put_in_there_is_the_same_region():
    _, holdings = after(*held(b"x\n" + AI, AI), (2, 2 + len(AI), b""))
    offers = deleted(holdings)
    there = Text.of(b"y\n")
    edit = Edit(Span(2, 2), AI)
    changed = there.apply(edit)
    assert shown(changed, carry(empty(), there, [edit], changed, offers)) == {"r1": [AI]}


def test_short_text_that_was_cut_is_not_known_elsewhere():
    _, holdings = after(*held(b"x\nfrom typing import Any, Final\n", b"from typing import Any, Final\n"), (2, 32, b""))
    assert deleted(holdings) == ()


def test_cut_text_that_is_put_in_twice_is_one_move_and_one_copy():
    text, holdings = after(*held(b"x\n" + AI + b"y\n", AI), (2, 2 + len(AI), b""))
    text, holdings = after(text, holdings, (4, 4, AI))
    assert shown(text, holdings) == {"r1": [AI]}
    assert pasted(text, holdings, 0, AI) == {"r1": [AI.strip()]}
    text, holdings = after(text, holdings, (0, 0, AI))
    assert shown(text, holdings) == {"r1": [AI]}


def test_a_copy_of_two_regions_names_both():
    text, holdings = held(b"q\n" + AI + BLOCK, AI, BLOCK)
    found = pasted(text, holdings, 0, AI + BLOCK)
    assert found == {"r1": [AI.strip()], "r2": [line.strip() for line in BLOCK.splitlines()]}


def test_a_claim_takes_a_copy_over():
    text, holdings = held(AI, AI)
    holdings = add(holdings, text, insertion("r2", AI), [Span(0, len(AI))])
    assert shown(text, holdings) == {"r2": [AI]}


def test_text_that_a_person_wrote_again_did_not_move():
    text, holdings = after(*held(b"x\n" + AI + b"y\n", AI), (2, 2 + len(AI), b""))
    for at, letter in enumerate(AI):
        text, holdings = after(text, holdings, (at, at, bytes([letter])))
    text, holdings = after(text, holdings, (len(text), len(text), AI))
    assert holdings.regions() == ()


def test_what_came_from_another_document_is_in_doubt_where_a_persons_says_the_same():
    here = Known(*held(b"x\n" + AI, AI))
    persons, ai = Known(Text.of(b"# mine\n" + AI), empty()), Known(*held(b"q\n" + AI, AI))
    came = [Span(2, 2 + len(AI))]
    assert undoubted(here, came, [persons]).regions() == ()
    assert undoubted(here, came, [ai]) is here.holdings
    assert undoubted(here, [], [persons]) is here.holdings


def test_of_two_texts_that_went_away_the_last_one_has_moved():
    text, holdings = after(*held(b"x\n" + AI + b"y\n", AI), (2, 2 + len(AI), b""))
    for at, letter in enumerate(AI):
        text, holdings = after(text, holdings, (at, at, bytes([letter])))
    text, holdings = after(text, holdings, (0, len(AI), b""))
    text, holdings = after(text, holdings, (len(text), len(text), AI))
    assert holdings.regions() == ()
