"""Tables of what is retained, and what is missed."""

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from disguise.suite import Disguised, Language, Outcome, changed, doubles, languages, originals, outcome, rates, singles
from gifthorse.model.rule import Catalogue
from gifthorse.store.catalogue import load_catalogue

TABLE = Path(__file__).parents[2] / "docs" / "disguises.md"
HEAD = """# Disguises

How much of what a rule finds it still finds when the same code is written so as to hide it.
Written by `make disguise`: every `bad` test of every rule about calls and assignments that hides nothing yet is
rewritten by each way of disguise, then by two kinds after each other (a sample, drawn by a seed). In Python and
JavaScript both versions are executed in a sandbox and do the same.
What a language's ways are stands in `tests/disguise/`; adding a language is described there.

"""


def percent(found: int, whole: int) -> str:
    """`97.1% (33 of 34)`."""
    return f"{100 * found / whole:.1f}% ({found} of {whole})" if whole else "-"


def _rows(title: str, singly: Mapping[str, tuple[int, int]], doubly: Mapping[str, tuple[int, int]]) -> list[str]:
    names = sorted(singly.keys() | doubly.keys())
    rows = [f"| {title} | single | double |", "| --- | --- | --- |"]
    rows += [
        f"| {name} | {percent(*singly.get(name, (0, 0)))} | {percent(*doubly.get(name, (0, 0)))} |" for name in names
    ]
    return [*rows, ""]


def _language(language: str, single: Sequence[Outcome], double: Sequence[Outcome]) -> list[str]:
    lines = [f"## {language}", ""]
    first = dict(rates(double, lambda one: one.disguised.ways[0].kind).items())
    lines += _rows("kind (in pairs: the first)", rates(single, lambda one: one.disguised.kinds), first)
    rule = lambda one: one.disguised.original.rule  # noqa: E731
    return lines + _rows("rule", rates(single, rule), rates(double, rule))


def measure(language: str, catalogue: Catalogue, every: bool, pairs: int) -> tuple[list[Outcome], list[Outcome]]:
    """All single and double disguises of one language, looked at."""
    described = languages()[language]
    single: list[Outcome] = []
    double: list[Outcome] = []
    for original in originals(language, described, catalogue):
        single.extend(outcome(one, catalogue) for one in singles(original, described, every))
        double.extend(outcome(one, catalogue) for one in doubles(original, described, pairs))
    return single, double


def write(pairs: int, every: bool) -> None:
    """The whole table."""
    catalogue, summary, details = load_catalogue(), [], []
    for language, described in sorted(languages().items()):
        single, double = measure(language, catalogue, every=every, pairs=pairs)
        wrong = changed(described, [one.disguised for one in (*single, *double)])
        if 100 * len(wrong) > len(single) + len(double):
            raise SystemExit(_mistake(*wrong[0]))
        whole = [(sum(one.found for one in many), len(many)) for many in (single, double)]
        summary.append(f"| {language} | {percent(*whole[0])} | {percent(*whole[1])} |")
        details += _language(language, single, double)
        print(summary[-1], flush=True)
    summary.append("" if every else "\nHere one way of each kind was tried for each sample.")
    table = ["| language | single | double |", "| --- | --- | --- |", *summary, ""]
    TABLE.write_text(HEAD + "\n".join([*table, *details]), encoding="utf-8")


def _mistake(one: Disguised, wanted: object, record: object) -> str:
    return f"{one.original.rule} by {one.names} does something else.\n{one.code}\n{wanted}\n{record}"


def _chosen(chosen: Namespace, language: Language, catalogue: Catalogue) -> Iterator[Disguised]:
    for original in originals(chosen.show, language, catalogue):
        if chosen.rule not in {"", original.rule}:
            continue
        if chosen.kind == "pairs":
            yield from doubles(original, language, chosen.pairs)
        else:
            work = singles(original, language, not chosen.quick)
            yield from (one for one in work if chosen.kind in one.kinds)


def show(chosen: Namespace) -> None:
    """What is missed, with its code; then how much of each way, and what does something else."""
    catalogue, language = load_catalogue(), languages()[chosen.show]
    everything = [outcome(one, catalogue) for one in _chosen(chosen, language, catalogue)]
    missed = [one.disguised for one in everything if not one.found]
    for one in missed[: chosen.most]:
        print(f"### {one.original.rule}: {one.names}\n{one.code}")
    for key in (lambda one: one.disguised.kinds, lambda one: one.disguised.names):
        for name, (found, whole) in sorted(rates(everything, key).items(), key=lambda item: item[1][0] - item[1][1]):
            if found < whole:
                print(f"{whole - found:5d} missed of {whole:5d}  {name}")
    for one, wanted, record in changed(language, [one.disguised for one in everything])[: chosen.most]:
        print("CHANGED", _mistake(one, wanted, record))
    print(percent(len(everything) - len(missed), len(everything)))
