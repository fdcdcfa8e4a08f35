"""`gifthorse rules new ID`: starts a rule of one's own, with tests that pass."""

import argparse
import os
import re
import sys
from pathlib import Path

from gifthorse.model.rule import Catalogue
from gifthorse.store.folders import root_of
from gifthorse.store.newrule import starting_rule
from gifthorse.store.ownrules import FOLDER

HELP = "start a rule of your own, with tests that pass"
EXIT_DONE, EXIT_IMPOSSIBLE = 0, 2
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def configure(parser: argparse.ArgumentParser) -> None:
    """The rule's id, its language, and where it goes."""
    parser.add_argument("id", metavar="ID", help="the rule's name: lower case, words joined by -")
    parser.add_argument(
        "--language", default="python", metavar="L", help="what its first match reads (default: python)"
    )
    parser.add_argument(
        "--directory", metavar="D", help=f"where it goes (default: {FOLDER.as_posix()} of this project)"
    )


def run(arguments: argparse.Namespace, shipped: Catalogue) -> int:
    """Write the file and say what comes next; 2 where that cannot be done."""
    why = _objection(arguments.id, shipped)
    text = None if why else starting_rule(arguments.id, arguments.language)
    if text is None:
        known = sorted(name for name in shipped.languages if starting_rule("a", name))
        why = why or f"there is nothing to begin with in {arguments.language!r}. Known: {', '.join(known)}."
        return _complain(why)
    folder = Path(arguments.directory) if arguments.directory else root_of(Path.cwd()) / FOLDER
    file = folder / f"{arguments.id}.toml"
    try:
        write_new(file, text)
    except FileExistsError:
        return _complain(f"{file} is there already. Choose another id.")
    except OSError as error:
        return _complain(f"{file} cannot be written: {error.strerror}.")
    shown = os.path.relpath(file)
    print(f"{shown} is a rule with tests that pass: change both into what you want.")
    print(f"  gifthorse rules test {shown}")
    print("It is run in folders that you trust: in the editor, or with `gifthorse scan --trust`. docs/own-rules.md")
    return EXIT_DONE


def write_new(file: Path, text: str) -> None:
    """Write a file that must not be there yet, wholly or not at all. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    beside.write_text(text, encoding="utf-8", newline="\n")
    try:
        os.link(beside, file)  # which fails where it exists, and shows nothing of a file half written
    finally:
        beside.unlink()


def _objection(name: str, shipped: Catalogue) -> str:
    if not _ID.fullmatch(name):
        return f"{name!r} is no id. Write lower-case words and digits, joined by -."
    return f"{name!r} is a rule of Gifthorse's. Choose another id." if name in shipped.rules else ""


def _complain(why: str) -> int:
    print(f"gifthorse rules new: {why}", file=sys.stderr)
    return EXIT_IMPOSSIBLE
