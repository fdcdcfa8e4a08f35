"""New entries among siblings, in many frameworks: what lacks what they have is found, its fix is exact, others are not."""

import difflib
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from gifthorse.change.beside import Beside
from gifthorse.change.compare import change_of, compare
from gifthorse.change.pairtest import changed
from gifthorse.change.traits import look, side
from gifthorse.engine.ruletest import apply_fixes
from gifthorse.store.catalogue import load_catalogue

RULE = "peer-deviation"
SAMPLES = tomllib.loads((Path(__file__).parent / "siblings.toml").read_text("utf-8"))["sample"]
LACKING = [one for one in SAMPLES if "new" in one]
HARMLESS = [one for one in SAMPLES if "good" in one]
VIEWS = """from rest_framework import permissions, viewsets


class {name}ViewSet(viewsets.ModelViewSet):
    queryset = {name}.objects.all()
    permission_classes = [permissions.IsAuthenticated]
"""
BARE = "from rest_framework import viewsets\n\n\nclass BillViewSet(viewsets.ModelViewSet):\n    queryset = Bill.objects.all()\n"


@cache
def catalogue():
    return load_catalogue()


def texts(sample, key):
    after = sample.get("after", "")
    return sample["before"] + after, sample["before"] + sample[key] + after


def said(path, before, after):
    return [one for one in changed(path, before, after, catalogue()) if one.rule == RULE]


def in_a_folder(path, before, after, files):
    old, new = (side(look(text.encode(), path, None, catalogue())) for text in (before, after))
    near = Beside(tuple((name, text.encode()) for name, text in files.items()), catalogue())
    found = compare(replace(change_of(path, old, new, catalogue()), nearby=near))
    return [one for one in found if one.rule == RULE]


def fixed(text, finding):
    return apply_fixes(text.encode(), finding.fixes[:1]).decode()


@pytest.mark.parametrize("sample", LACKING, ids=lambda sample: sample["path"])
def test_what_lacks_what_its_siblings_have_is_found(sample):
    before, after = texts(sample, "new")
    found = said(sample["path"], before, after)
    assert found
    assert found[0].steps
    assert "fix" in sample or not found[0].fixes
    if "fix" in sample:
        lines = difflib.unified_diff(after.splitlines(True), fixed(after, found[0]).splitlines(True), n=0)
        changes = [line for line in lines if not line.startswith(("---", "+++", "@@"))]
        assert "".join(changes) == sample["fix"]


@pytest.mark.parametrize("sample", HARMLESS, ids=lambda sample: sample["path"])
def test_what_has_it_or_needs_none_is_not(sample):
    before, after = texts(sample, "good")
    assert not said(sample["path"], before, after)


def test_siblings_of_the_files_beside_it_count():
    files = {f"app/{name.lower()}/views.py": VIEWS.format(name=name) for name in ("User", "Team", "Order")}
    (one,) = in_a_folder("app/bills/views.py", "", BARE, files)
    assert "3 of 3 siblings in the files around it" in one.message
    assert one.steps[0].elsewhere.path == "app/user/views.py"
    assert fixed(BARE, one).splitlines()[:2] == [
        "from rest_framework import viewsets",
        "from rest_framework import permissions, viewsets",
    ]
    assert "    permission_classes = [permissions.IsAuthenticated]\n" in fixed(BARE, one)


def test_two_siblings_beside_it_are_no_rule():
    files = {f"app/{name.lower()}/views.py": VIEWS.format(name=name) for name in ("User", "Team")}
    assert not in_a_folder("app/bills/views.py", "", BARE, files)


def test_a_migration_goes_back_as_those_before_it_do():
    text = "exports.up = (knex) => knex.schema.dropTable('{0}')\n"
    back = "exports.down = (knex) => knex.schema.createTable('{0}', make)\n"
    files = {f"migrations/{number}_a.js": (text + back).format(number) for number in range(3)}
    (one,) = in_a_folder("migrations/4_a.js", "", text.format(4), files)
    assert "way back" in one.message
    assert not in_a_folder("migrations/4_a.js", "", (text + back).format(4), files)
    assert not in_a_folder("migrations/4_a.js", text.format(3), text.format(4), files)


def test_a_guard_of_the_class_is_as_good_as_one_of_each_function():
    guarded = (
        "@Controller('a')\n@UseGuards(AuthGuard)\nexport class AController {\n  @Get()\n  all() { return all() }\n}\n"
    )
    each = (
        "@Controller('b')\nexport class BController {\n  @Get()\n  @UseGuards(AuthGuard)\n  all() { return all() }\n}\n"
    )
    files = {f"{number}.controller.ts": guarded for number in range(4)}
    assert not in_a_folder("b.controller.ts", "", each, files)
    assert len(in_a_folder("b.controller.ts", "", each.replace("  @UseGuards(AuthGuard)\n", ""), files)) == 1
    others = {f"{number}.controller.ts": each for number in range(4)}
    assert not in_a_folder("b.controller.ts", "", guarded, others)


def test_what_was_seen_of_the_files_beside_it_is_kept():
    files = (("a.py", b"x = 1\n"), ("b.py", b"y = 1\n"))
    first = Beside(files, catalogue())
    sides = first()
    again = first.again((files[0], ("b.py", b"y = 2\n")))
    assert again()[0][1] is sides[0][1]
    assert again()[1][1] is not sides[1][1]
    assert first.again(files) is first
