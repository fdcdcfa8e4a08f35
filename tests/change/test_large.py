"""A text that is one large class or one large call: what is in it is found again for the cost of what changed."""

import pytest

from gifthorse.change.traits import look, side
from gifthorse.engine.inspect import reinspect
from gifthorse.model.smallest import smallest_edit
from gifthorse.store.catalogue import load_catalogue

CATALOGUE = load_catalogue()
LARGE = {
    "a.py": ("class Large:\n", "    def f{n}(self, x):\n        if x > {n}:\n            raise ValueError(x)\n", ""),
    "A.java": ("class Large {\n", "  int f{n}(int x) {\n    if (x > {n}) { throw new Error(); }\n    return x;\n  }\n", "}\n"),
    "a.spec.js": ("describe('large', () => {\n", "  it('f{n}', () => {\n    expect(f({n})).toBe({n});\n  });\n", "});\n"),
}  # fmt: skip


def text(name, changed=-1, new=""):
    head, one, tail = LARGE[name]
    parts = [new if n == changed else one.replace("{n}", str(n)) for n in range(120)]
    return "".join([head, *parts, tail]).encode()


@pytest.mark.parametrize("name", LARGE)
def test_each_part_of_a_large_one_is_found(name):
    found = side(look(text(name), name, None, CATALOGUE))
    assert len({one.span for one in (*found.units, *found.traits)}) >= 120


@pytest.mark.parametrize("name", LARGE)
@pytest.mark.parametrize("new", ["", LARGE["a.py"][1].replace("{n}", "500"), LARGE["A.java"][1].replace("{n}", "500")])
def test_an_edit_in_a_large_one_gives_what_a_new_look_gives(name, new):
    inspection, content = look(text(name), name, None, CATALOGUE), text(name)
    for number in (60, 3, 119):
        after = text(name, number, new)
        inspection = reinspect(inspection, [smallest_edit(content, after)], after)
        content = after
        if inspection.is_whole:
            assert inspection.report == look(content, name, None, CATALOGUE).report
    back = text(name)
    assert (
        reinspect(inspection, [smallest_edit(content, back)], back).report == look(back, name, None, CATALOGUE).report
    )
