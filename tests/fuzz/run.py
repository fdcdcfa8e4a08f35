"""`make fuzz`: tries the engine with changed real code, language by language, and keeps what breaks it.

    make fuzz LANGUAGE=python TIME=300 SOURCES=folder

Goes on where the last run stopped: each language has its own counter of seeds. A text that crashes the engine,
exceeds the time limit, gets an answer outside of the text, is called clean although it begins with something risky,
or gets another answer after edits than from scratch is kept in .build/fuzz/<language>/, with what was wrong beside it.
"""

import argparse
import json
import random
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO

import psutil
from mutate import edits, mutated

from gifthorse.model.rule import Catalogue, Language
from gifthorse.store.catalogue import load_catalogue

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "engine" / "cases"
KEPT = ROOT / ".build" / "fuzz"
LIMIT = 20.0
"""Seconds of the processor for one text and its edits: a text is looked at once, and twice after each edit."""
SIZES = (2_000, 2_000, 10_000, 10_000, 60_000, 2_000_000)
MEMORY = 3 << 30


@dataclass(frozen=True)
class Canary:
    """Lines that a rule is sure to find at the start of a text."""

    rule: str
    text: bytes


def _worked(watched: psutil.Process) -> float:
    """Seconds of the processor that a process has taken."""
    times = watched.cpu_times()
    return times.user + times.system


class Subject:
    """The process under test; started again after it died."""

    def __init__(self) -> None:
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-P", str(Path(__file__).parent / "subject.py")]
        limited = ["prlimit", f"--as={MEMORY}"] if Path("/usr/bin/prlimit").exists() else []
        return subprocess.Popen(
            [*limited, *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )

    def ask(self, question: dict[str, object]) -> str:
        """What is wrong, in words; nothing where all is well."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            self.process.stdin.write(json.dumps(question).encode() + b"\n")
            self.process.stdin.flush()
        except OSError:
            pass
        ready = self._waited(psutil.Process(self.process.pid), self.process.stdout)
        line = self.process.stdout.readline() if ready else b""
        if line:
            said: str = json.loads(line)
            return said
        self.process.kill()
        code = self.process.wait()
        self.process = self._start()
        return f"the process died with {code}" if ready else f"no answer within {LIMIT:g} s"

    def _waited(self, watched: psutil.Process, answers: IO[bytes]) -> bool:
        """Whether something came, if only the end, before the process had worked for so long: others may hold it up."""
        began, patience = _worked(watched), time.monotonic() + 20 * LIMIT
        while not select.select([answers], [], [], 1.0)[0]:
            if _worked(watched) - began > LIMIT or time.monotonic() > patience:
                return False
        return True

    def stop(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.wait()


def sources_of(language: Language, folder: Path | None, catalogue: Catalogue) -> list[bytes]:
    """Real code to change: files of the folder, the project's own cases, and the tests that rules carry."""
    roots = [CASES / language.name, *([folder] if folder else [])]
    names = set(language.extensions)
    files = [
        path
        for root in roots
        for path in sorted(root.rglob("*"))
        if path.is_file() and (path.suffix in names or path.name in language.filenames or root.name == language.name)
    ]
    chance = random.Random(0)
    chosen = chance.sample(files, min(len(files), 400))
    texts = [path.read_bytes()[: max(SIZES)] for path in chosen]
    tests = [test for rule in catalogue.rules.values() for test in rule.tests if test.language == language.name]
    texts.extend((test.bad or test.good or "").encode("utf-8", "surrogatepass") for test in tests)
    return [text for text in texts if text] or [b"x"]


def canaries_of(
    language: Language, catalogue: Catalogue, subject: Subject, path: str, sources: Sequence[bytes]
) -> list[Canary]:
    """Bad tests of rules that are found at the start of a file, whatever sound code comes behind: some code means
    something else then, as the first of two stages of an image, or a name that is imported twice.
    """
    chance, behind = random.Random(0), [text for text in sources if len(text) < 20_000]
    some = [b"", *chance.sample(behind, min(len(behind), 10))]
    found = []
    for rule in catalogue.rules.values():
        for test in rule.tests:
            if test.language == language.name and test.bad and not test.path and "\r" not in test.bad:
                text = (test.bad.rstrip("\n") + "\n\n").encode("utf-8", "surrogatepass")
                canary = Canary(rule.id, text)
                sure = (not subject.ask(question(path, canary, text + more, [])) for more in some)
                if len(found) < 40 and all(sure):
                    found.append(canary)
    return found


def question(
    path: str, canary: Canary | None, text: bytes, made: Sequence[tuple[int, int, bytes]]
) -> dict[str, object]:
    """What the process under test reads."""
    said = [(start, end, new.decode("latin-1")) for start, end, new in made]
    return {"path": path, "canary": canary.rule if canary else "", "text": text.decode("latin-1"), "edits": said}


def keep(folder: Path, language: Language, seed: int, asked: dict[str, object], wrong: str) -> Path:
    """Write a text that broke something, with what was wrong."""
    folder.mkdir(parents=True, exist_ok=True)
    text = str(asked["text"]).encode("latin-1")
    path = folder / f"{sha256(text).hexdigest()[:12]}{language.extensions[0] if language.extensions else ''}"
    path.write_bytes(text)
    notes = {"seed": seed, "wrong": wrong, "canary": asked["canary"], "edits": asked["edits"]}
    path.with_name(path.name + ".json").write_text(json.dumps(notes, indent=1), "utf-8")
    return path


def fuzz(language: Language, seconds: float, folder: Path | None, catalogue: Catalogue) -> int:
    """Try one language for so long; the number of texts that broke something."""
    place = KEPT / language.name
    place.mkdir(parents=True, exist_ok=True)
    counter = place / "next-seed"
    seed = int(counter.read_text("utf-8")) if counter.exists() else 1
    path = "fuzz" + language.extensions[0] if language.extensions else (language.filenames or ("fuzz",))[0]
    subject = Subject()
    sources = sources_of(language, folder, catalogue)
    canaries = canaries_of(language, catalogue, subject, path, sources)
    broken = tried = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        chance = random.Random(f"{language.name} {seed}")
        text = mutated(chance, sources, chance.choice(SIZES))
        canary = chance.choice(canaries) if canaries and chance.random() < 0.5 else None
        text = canary.text + text if canary else text
        asked = question(path, canary, text, [] if canary else edits(chance, text, sources))
        wrong = subject.ask(asked)
        if wrong:
            broken += 1
            print(f"  {keep(place, language, seed, asked, wrong).name}: {wrong.strip().splitlines()[-1]}", flush=True)
        tried, seed = tried + 1, seed + 1
        counter.write_text(str(seed), "utf-8")
    subject.stop()
    print(f"{language.name}: {tried} texts tried, {broken} broke something; next seed {seed}", flush=True)
    return broken


def main() -> int:
    """Try the languages that are asked for, or all; 1 where something broke."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--languages", default="", help="names with commas between; default: all")
    parser.add_argument("--seconds", type=float, default=300, help="for each language")
    parser.add_argument("--sources", default="", help="a folder of real code to change")
    given = parser.parse_args()
    catalogue = load_catalogue()
    names = given.languages.split(",") if given.languages else sorted(catalogue.languages)
    unknown = [name for name in names if name not in catalogue.languages]
    if unknown:
        parser.error(f"not a language: {', '.join(unknown)}. Languages: {', '.join(sorted(catalogue.languages))}")
    folder = Path(given.sources) if given.sources else None
    return int(sum(fuzz(catalogue.languages[name], given.seconds, folder, catalogue) for name in names) > 0)


if __name__ == "__main__":
    sys.exit(main())
