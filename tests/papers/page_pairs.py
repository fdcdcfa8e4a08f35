"""The table of edits in docs/detection.md: how many are judged rightly, by what they bring and by language.

It is counted from the corpus and from the list of what is not right yet; a test of the corpus keeps that list honest.
"""

import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "change"))

from paircorpus import FALSE_ALARM, NOT_FOUND, known, pairs  # noqa: E402

PAGE = "detection.md"
BEGIN, END = "<!-- edits -->\n", "<!-- end of edits -->\n"
HEAD = """\
## Edits, measured

What an edit brings is measured on a corpus of our own: texts before and after, written without a look at the rules
(`tests/change/pairs`). A bad edit must be found by one of the rules of its kind. A harmless one (a guard that is moved,
a helper, a newer function of a library, another order) is a false alarm where any rule about changes speaks of it,
hints included; edits of agents' settings, and those that bring dependencies, hidden text or comments that disagree with
the code, are judged by the rules of these families. Groups whose names end in `second` were written last, by somebody
who does not write rules and had not looked at any. When they were measured first, and nobody who writes rules had seen
them, there were found: capabilities 45 of 48 (no false alarm in 50), controls 104 of 122 (4 in 126), siblings 32 of 48
(2 in 79), suppressions and tests 36 of 54 (3 in 46), dependencies 34 of 34 (none in 42), hidden text 42 of 45 (none in
40), agents' settings 7 of 8 (none in 9), comments that disagree 29 of 33 (3 in 36). What is not right yet is listed
with its reason in `tests/change/known.toml`.

| kind | languages | bad | found | recall | harmless | false alarms | share |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |
"""


def pages(_catalogue):
    """docs/detection.md with its table of edits as it is now."""
    text = (ROOT / "docs" / PAGE).read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    if not rest:
        before += "\n"
    return {PAGE: f"{before}{BEGIN}{HEAD}{''.join(rows())}{END}{after}"}


def rows():
    """A line for each kind and group, and one for each kind."""
    every, wrong, listed = Counter(), Counter(), known()
    for pair in pairs():
        for group in (pair.group, "all second" if pair.group.endswith("-second") else "all"):
            cell = (pair.kind, group, bool(pair.expect))
            every[cell] += 1
            wrong[cell] += listed.get(pair.id, "").startswith(NOT_FOUND if pair.expect else FALSE_ALARM)
    for kind, group in sorted({cell[:2] for cell in every}):
        bad, harmless = (every[kind, group, what] for what in (True, False))
        found, alarms = bad - wrong[kind, group, True], wrong[kind, group, False]
        yield (
            f"| {kind} | {group} | {bad} | {found} | {share(found, bad)} | {harmless} | {alarms} "
            f"| {share(alarms, harmless)} |\n"
        )


def share(part, whole):
    """A share in percent; empty where there is nothing."""
    return f"{100 * part / whole:.1f}" if whole else ""
