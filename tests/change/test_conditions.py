"""Conditions as formulas: which of two guards refuses less, however each of them is written."""

import pytest

from gifthorse.change.conditions import atoms_of, number, read, relation
from gifthorse.change.guards import refusal

SAME, LESS, MORE, OTHER = (True, True), (False, True), (True, False), (False, False)


@pytest.mark.parametrize(
    ("old", "new", "held"),
    [
        ("not a or not b", "not (a and b)", SAME),
        ("!a || !b", "!(a && b)", SAME),
        ("a && (b || c)", "(c || b) && a", SAME),
        ("x != 3", "!(3 == x)", SAME),
        ("a not in b", "not (a in b)", SAME),
        ("x is not None", "not x is None", SAME),
        ("5 < x", "x > 5", SAME),
        ("n >= 6", "n > 5", SAME),
        ("!(x <= y)", "y < x", SAME),
        ("-not $a -or $b -ne 1", "-not ($a -and $b -eq 1)", SAME),
        ("n > 16", "n > 4096", LESS),
        ("n > 16 * 1024", "n > 1 << 20", LESS),
        ("n > 16", "n > 8", MORE),
        ("a or b", "a", LESS),
        ("a", "a and b", LESS),
        ("a", "a or b", MORE),
        ("a", "b", OTHER),
        ("a > 1", "b > 1", OTHER),
    ],
)
def test_what_one_condition_holds_for_is_held_against_what_another_does(old, new, held):
    # LESS: the new one holds for less than the old one, so not all of the old is covered
    assert relation(read(old), read(new)) == held


@pytest.mark.parametrize(
    ("source", "condition"),
    [
        ("if not ok:\n    raise Denied()\n", "not ok"),
        ("guard ok else {\n    throw Abort(.forbidden)\n}", "ok"),
        ("if (ok) {\n  work();\n} else {\n  throw new Error('no');\n}", "(ok)"),
        ("if (!ok) return res.status(403).end();", "(!ok)"),
        ("raise Denied unless ok", "ok"),
        ("return head(:forbidden) if !ok", "!ok"),
        ("unless ok\n  raise Denied\nend", "ok"),
        ("assert ok", "ok"),
        ("if ok:\n    work()\n", "ok"),
        ("if !ok {\n\treturn\n}", "!ok"),
    ],
)
def test_a_guard_refuses_where_it_is_not_right_however_it_is_put(source, condition):
    assert relation(refusal(source, condition), read("not ok")) == SAME


def test_a_block_that_returns_before_what_refuses_lets_pass():
    found = refusal("if ok {\n\tshow()\n\treturn\n}", "ok", behind="\n\thttp.Error(w, 403)\n")
    assert relation(found, read("!ok")) == SAME


def test_a_variable_is_looked_into():
    assert relation(read("not allowed", {"allowed": "a or b"}), read("not a and not b")) == SAME


def test_more_atoms_than_can_be_tried_are_not_compared():
    assert relation(read(" and ".join(f"a{n}" for n in range(20))), read("b")) is None


def test_the_parts_of_a_condition_by_their_texts():
    assert atoms_of(read("a && !b.c(1, 2)")) == {"a", "b.c(1,2)"}


@pytest.mark.parametrize(("text", "value"), [("1 << 20", 1 << 20), ("60 * 60", 3600), ("5_000", 5000), ("x", None)])
def test_numbers_as_they_are_written(text, value):
    assert number(text) == value


def test_of_two_things_one_is_at_least_the_other():
    assert relation(read("n >= len(a)"), read("n > len(a)")) == LESS
    assert atoms_of(read("n >= len(a)")) == atoms_of(read("n > len(a)"))
