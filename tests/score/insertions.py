"""`make score`, the part about changes: what is said of insertions into clean code; writes docs/detection.md.

From each file of well-reviewed code some text is taken out: a function, an import with what uses it, a block of 5 to
30 lines, chosen by chance that is the same every time. The file with it is held against the file without, as if an
assistant had brought it. All of it is ordinary work, so little is to be said.
"""

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from gifthorse.change.compare import change_of, compare
from gifthorse.change.traits import Side, look, side
from gifthorse.model.rule import Catalogue
from gifthorse.model.text import Span
from gifthorse.store.catalogue import load_catalogue

PAGE = Path(__file__).parents[2] / "docs" / "detection.md"
CLEAN = "clean_dev"
BLOCK = (5, 30)
"""Lines of a block."""
TRIES = 40
MOST_OF_IT = 0.6
"""The share of a file's lines beyond which what is taken out is the file, and no insertion into it."""
LONGEST = 400_000
LEFT = b"@#/*["
"""What lines in front of a function begin with that belong to it: decorators, annotations, attributes, comments."""
_LAST_NAME = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True)
class Said:
    """One finding in an insertion."""

    file: str
    play: str
    rule: str
    confidence: str
    line: int
    message: str


@dataclass(frozen=True)
class Played:
    """All insertions into one file: of each its kind and its number of lines; and what was said of them."""

    inserted: tuple[tuple[str, int], ...]
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Sheet:
    """A text by lines."""

    lines: tuple[bytes, ...]

    def without(self, rows: Iterable[int]) -> bytes:
        """The text without these lines (from 0)."""
        gone = set(rows)
        return b"".join(line for number, line in enumerate(self.lines) if number not in gone)

    def rows(self, seen: Side, span: Span) -> range:
        """The lines of a span, with the decorators and comments in front of it and the blank lines behind it."""
        first, last = seen.line(span.start) - 1, seen.line(max(span.start, span.end - 1)) - 1
        while first and (above := self.lines[first - 1].strip()) and above[:1] in LEFT:
            first -= 1
        while last + 1 < len(self.lines) and not self.lines[last + 1].strip():
            last += 1
        return range(first, last + 1)


def a_function(sheet: Sheet, seen: Side, chance: random.Random) -> set[int]:
    """The lines of a function."""
    return set(sheet.rows(seen, chance.choice(seen.units).span)) if seen.units else set()


def an_import(sheet: Sheet, seen: Side, chance: random.Random) -> set[int]:
    """The line of an import, and the smallest function that uses it or the lines that do."""
    imports = [trait for trait in seen.traits if trait.kind == "import"]
    if not imports:
        return set()
    trait = chance.choice(imports)
    row = seen.line(trait.span.start) - 1
    names = _LAST_NAME.findall(trait.words)
    if not names:
        return set()
    word = re.compile(rb"\b" + names[-1].encode() + rb"\b")
    users = [unit for unit in seen.units if word.search(seen.content[unit.span.start : unit.span.end])]
    if users:
        user = min(users, key=lambda unit: unit.span.end - unit.span.start)
        return {row, *sheet.rows(seen, user.span)}
    return {row, *(number for number, line in enumerate(sheet.lines) if word.search(line))}


def a_block(sheet: Sheet, _: Side, chance: random.Random) -> set[int]:
    """Lines that begin and end as statements do: nothing in them stands further out than the first."""
    least, most = BLOCK
    for _try in range(TRIES):
        first, count = chance.randrange(max(1, len(sheet.lines))), chance.randint(least, most)
        if not sheet.lines[first : first + 1] or not sheet.lines[first].strip():
            continue
        indent = _indent(sheet.lines[first])
        last = first
        while last < len(sheet.lines) and (not sheet.lines[last].strip() or _indent(sheet.lines[last]) >= indent):
            last += 1
        ends = [row for row in range(first + least, min(last, first + count) + 1) if _ends(sheet, row, indent)]
        if ends:
            return set(range(first, ends[-1]))
    return set()


def _indent(line: bytes) -> int:
    return len(line) - len(line.lstrip())


def _ends(sheet: Sheet, row: int, indent: int) -> bool:
    """Whether a statement of that indentation can begin at a line, or what is around it ends there."""
    if row >= len(sheet.lines) or not sheet.lines[row].strip():
        return True
    return _indent(sheet.lines[row]) <= indent and not sheet.lines[row].strip().startswith((b"}", b")", b"]", b"end"))


PLAYS = {"function": a_function, "import and use": an_import, "block": a_block}


@cache
def catalogue() -> Catalogue:
    """What ships, read once in each process."""
    return load_catalogue()


def play(file: Path, name: str, seeds: int) -> Played:
    """Take something out of a file in each way, `seeds` times, and hold the file against the rest."""
    content = file.read_bytes()
    nothing = Played((), ())
    if not content.strip() or len(content) > LONGEST:
        return nothing
    after = side(look(content, name, None, catalogue()))
    if after.incomplete:
        return nothing
    sheet = Sheet(tuple(content.splitlines(keepends=True)))
    inserted: list[tuple[str, int]] = []
    said: list[Said] = []
    for way, choose in PLAYS.items():
        for rows in _chosen(way, name, seeds, partial(choose, sheet, after)):
            if 0 < len(rows) <= MOST_OF_IT * len(sheet.lines):
                inserted.append((way, len(rows)))
                said.extend(_said(name, way, after, sheet.without(rows)))
    return Played(tuple(inserted), tuple(said))


def _chosen(way: str, name: str, seeds: int, choose: Callable[[random.Random], set[int]]) -> Iterator[set[int]]:
    """What is taken out: different lines each time."""
    told: set[frozenset[int]] = set()
    for seed in range(seeds):
        rows = choose(random.Random(f"{way} {name} {seed}"))
        if frozenset(rows) not in told:
            told.add(frozenset(rows))
            yield rows


def _said(name: str, way: str, after: Side, before: bytes) -> Iterator[Said]:
    without = side(look(before, name, None, catalogue()))
    for one in compare(change_of(name, without, after, catalogue())):
        line = after.line(one.span.start)
        yield Said(name, way, one.rule, one.confidence.value, line, one.message)


def play_all(folder: Path, seeds: int, workers: int) -> Iterator[tuple[str, Played]]:
    """Each file of the clean code with its language."""
    items = [json.loads(line) for line in (folder / "manifest.jsonl").read_text("utf-8").splitlines()]
    with ProcessPoolExecutor(workers) as pool:
        paths = [item["path"] for item in items]
        plays = pool.map(play, [folder / path for path in paths], paths, [seeds] * len(paths), chunksize=4)
        yield from zip((item["lang"] for item in items), plays, strict=True)


def table(plays: Sequence[tuple[str, Played]]) -> list[str]:
    """By rule: findings, of them sure ones, and both for each 100 insertions and each 1,000 lines."""
    inserted = [one for _, played in plays for one in played.inserted]
    said = [one for _, played in plays for one in played.said]
    count, lines = max(1, len(inserted)), max(1, sum(rows for _, rows in inserted))
    rows = [
        f"{count:,} insertions, {lines:,} lines.",
        "",
        "| rule | sure | with hints | sure, of 100 insertions | sure, a thousand lines | all, of 100 insertions |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    every = Counter(one.rule for one in said)
    sure = Counter(one.rule for one in said if one.confidence != "low")
    for rule in ["all", *sorted(every)]:
        a, b = (sum(sure.values()), sum(every.values())) if rule == "all" else (sure[rule], every[rule])
        rows.append(f"| {rule} | {a} | {b} | {100 * a / count:.2f} | {1000 * a / lines:.3f} | {100 * b / count:.2f} |")
    return rows


def write(rows: Sequence[str]) -> None:
    """docs/detection.md between its two marks; what people wrote around them stays."""
    begin, end = "<!-- insertions -->\n", "<!-- end of insertions -->"
    before, _, rest = PAGE.read_text("utf-8").partition(begin)
    PAGE.write_text(f"{before}{begin}" + "\n".join(rows) + f"\n{end}{rest.partition(end)[2]}", "utf-8")


def main() -> None:
    """Play the insertions into the clean code in the folder given as the first argument."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("corpora", nargs="?", default="")
    asked.add_argument("--list", action="store_true", help="print each finding, and write nothing")
    asked.add_argument("--seeds", type=int, default=2)
    asked.add_argument("--workers", type=int, default=2)
    told = asked.parse_args()
    folder = Path(told.corpora) / CLEAN
    if not told.corpora or not (folder / "manifest.jsonl").is_file():
        print("Not measured: the clean code is not here. Name its folder: make score CORPORA=folder")
        return
    plays = list(play_all(folder, told.seeds, told.workers))
    rows = table(plays)
    print("\n".join(rows))
    if told.list:
        for one in sorted((one for _, played in plays for one in played.said), key=lambda one: (one.rule, one.file)):
            print(one.confidence, one.rule, f"{one.file}:{one.line}", f"[{one.play}]", one.message)
    else:
        write(rows)


if __name__ == "__main__":
    main()
