"""`make score`: what is found in labelled code that others wrote, and what is said of clean code; writes docs/detection.md.

The corpora and their neutral scorer are not part of the project: where they are absent, nothing is measured and
nothing is written. A finding counts for an item where it names the item's own weakness (mode `cwe`), unless said
otherwise. "sure" counts findings of medium and high confidence only, which is what is shown as more than a hint.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
OTHERS: Mapping[str, Mapping[str, Mapping[str, float]]] = json.loads(
    (Path(__file__).parent / "others.json").read_text("utf-8")
)
CLEAN = "clean_dev"
ANY_CWE = {"trojan_source", "guarddog_tests"}
"""Corpora of patterns for which nobody agrees on one CWE: whatever is found counts."""
BY_LANGUAGE = {"ai_written_dev", "codeql_tests_2021", "astgrep_tests"}
FEWEST = 10
"""Items of a language below which a share says nothing."""


@dataclass(frozen=True)
class Scan:
    """One run over one corpus: its findings as SARIF, all and sure ones, and the seconds it took."""

    all: Path
    sure: Path
    seconds: float


def scan(corpus: Path, folder: Path) -> Scan:
    """Scan a corpus with the rules as they are; low confidence is left out of the second file."""
    every, sure = folder / f"{corpus.name}.sarif", folder / f"{corpus.name}.sure.sarif"
    began = time.monotonic()
    with every.open("wb") as sink:
        command = [sys.executable, "-P", "-m", "gifthorse", "scan", "f", "--no-profiles", "--format", "sarif"]
        done = subprocess.run(command, cwd=corpus, stdout=sink, stderr=subprocess.PIPE, check=False)
    seconds = time.monotonic() - began
    if not every.stat().st_size:
        sys.exit(f"The scan of {corpus.name} failed: {done.stderr.decode(errors='replace')[-2_000:]}")
    log = json.loads(every.read_text("utf-8"))
    for run in log["runs"]:
        run["results"] = [one for one in run["results"] if one["properties"]["confidence"] != "low"]
    sure.write_text(json.dumps(log), "utf-8")
    return Scan(every, sure, seconds)


def judge(corpora: Path, corpus: str, findings: Path) -> dict[str, Any]:
    """What the neutral scorer says."""
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        kind = "--clean" if corpus == CLEAN else "--corpus"
        command = [sys.executable, str(corpora / "score.py"), kind, corpus, "--findings", str(findings)]
        subprocess.run([*command, "--base", str(corpora), "--json", out.name], check=True, stdout=subprocess.DEVNULL)
        found: dict[str, Any] = json.loads(Path(out.name).read_text("utf-8"))
        return found


def share(value: float | None) -> str:
    """A share as a percentage."""
    return "" if value is None else f"{100 * value:.1f}"


def beside(key: str) -> str:
    """Other tools' figures for the same items."""
    told = []
    for tool, figures in OTHERS.get(key, {}).items():
        told.append(f"{tool}: {', '.join(f'{name} {figure:g}' for name, figure in figures.items())}")
    return "; ".join(told)


def rows_of(corpus: str, every: dict[str, Any], sure: dict[str, Any]) -> Iterator[str]:
    """The table's rows of one corpus: whole, and by language."""
    mode = "any" if corpus in ANY_CWE else "cwe"
    for key in sorted(every[mode], key=lambda key: (key != "all", key)):
        language = key.removeprefix("lang:")
        if key != "all" and (corpus not in BY_LANGUAGE or language == key):
            continue
        one, other = every[mode][key], sure[mode].get(key, {})
        items = one["tp"] + one["fn"], one["fp"] + one["tn"]
        if key != "all" and sum(items) < FEWEST:
            continue
        name = corpus if key == "all" else f"{corpus}/{language}"
        shown = name + (" (any)" if mode == "any" else "")
        figures = [share(one.get(word)) for word in ("youden", "recall", "fpr", "precision", "f1")]
        yield f"| {shown} | {items[0]}/{items[1]} | {' | '.join(figures)} | {share(other.get('youden'))} | {beside(shown)} |"


def clean_rows(found: dict[str, Any], everything: dict[str, Any]) -> Iterator[str]:
    """Alarms a thousand lines, by language."""
    for language in sorted((key for key in found if key != "_top"), key=lambda key: (key != "ALL", key)):
        one = found[language]
        key = CLEAN if language == "ALL" else f"{CLEAN}/{language}"
        yield (
            f"| {language.lower()} | {one['loc']:,} | {one['alarms']} | {one['per_kloc']:.3f} "
            f"| {everything[language]['per_kloc']:.3f} | {beside(key)} |"
        )


def main() -> None:
    """Measure every corpus in the folder given as the first argument."""
    corpora = Path(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1] else None
    if corpora is None or not (corpora / "score.py").is_file():
        print("Not measured: the labelled corpora are not here. Name their folder: make score CORPORA=folder")
        return
    labelled: list[str] = []
    spoken: list[str] = []
    times: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        for corpus in sorted(one.parent for one in corpora.glob("*/manifest.jsonl")):
            run = scan(corpus, Path(name))
            every, sure = (judge(corpora, corpus.name, one) for one in (run.all, run.sure))
            if corpus.name == CLEAN:
                spoken = list(clean_rows(sure, every))
            else:
                labelled.extend(rows_of(corpus.name, every, sure))
            times.append(f"{corpus.name} {run.seconds:.1f} s")
            print(f"{corpus.name}: {run.seconds:.1f} s", flush=True)
    write(labelled, spoken, times)


def write(labelled: list[str], spoken: list[str], times: list[str]) -> None:
    """docs/detection.md between its two marks; what people wrote around them stays."""
    page = ROOT / "docs" / "detection.md"
    before, _, rest = page.read_text("utf-8").partition("<!-- measured -->\n")
    after = rest.partition("<!-- end -->\n")[2]
    table = [
        "| corpus | vuln/safe | J | recall | false | precision | F1 | J, sure | other tools |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |",
        *labelled,
        "",
        "Alarms on clean code, a thousand lines:",
        "",
        "| language | lines | sure alarms | sure, a thousand lines | all, with hints | other tools |",
        "| --- | ---: | ---: | ---: | ---: | --- |",
        *spoken,
        "",
        f"Time of a cold scan, wall clock: {', '.join(times)}.",
        "",
    ]
    page.write_text(f"{before}<!-- measured -->\n" + "\n".join(table) + f"<!-- end -->\n{after}", "utf-8")
    print("\n".join(table))


if __name__ == "__main__":
    main()
