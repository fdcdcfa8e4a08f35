"""The text as it would be without an assistant."""

from gifthorse.change.counterfactual import first_replaced, without_regions
from gifthorse.model.insertion import Evidence, Insertion, Origin
from gifthorse.model.text import Span, Text
from gifthorse.provenance.follow import add, empty


def insertion(name, text=b"x"):
    return Insertion(name, Origin("pilot", "agent"), Evidence.REPORTED, "2026-01-01T00:00:00Z", name, None, len(text))


def test_what_an_assistant_replaced_is_there_again():
    content = b"def f():\n    return True\n# mine\n"
    text = Text.of(content)
    holdings = add(empty(), text, insertion("one"), [Span(13, 24)])
    assert without_regions(content, holdings, {"one": b"return check()"}) == b"def f():\n    return check()\n# mine\n"


def test_what_replaced_an_assistants_own_text_leads_back_to_the_first():
    first, second = insertion("one"), insertion("two")
    inserted = {"one": b"pass_through()\n", "two": b"\n"}
    replaced = {"one": b"check(user)\n", "two": b"a()\npass_through()\n"}
    found = first_replaced([first, second], inserted, replaced)
    assert found["two"] == b"a()\ncheck(user)\n"
    assert first_replaced([first, second], inserted, replaced, {"one": found["one"]}) == found


def test_a_region_in_parts_is_taken_back_once():
    content = b"aXbXc"
    text = Text.of(content)
    holdings = add(empty(), text, insertion("one"), [Span(1, 2), Span(3, 4)])
    assert without_regions(content, holdings, {"one": b"-"}) == b"a-bc"
