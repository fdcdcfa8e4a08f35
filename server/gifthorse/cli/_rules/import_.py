"""`gifthorse rules import semgrep FILE`: what maps cleanly of Semgrep rules becomes rule files, the rest is listed."""

import argparse
import sys
from pathlib import Path

from gifthorse.cli._rules.new import write_new
from gifthorse.model.rule import Catalogue
from gifthorse.store.folders import root_of
from gifthorse.store.ownrules import FOLDER
from gifthorse.store.regular import read_regular
from gifthorse.store.semgrep.files import read_semgrep
from gifthorse.store.semgrep.translate import Unmapped

HELP = "import rules of another program, as far as they map"
EXIT_DONE, EXIT_SOME, EXIT_IMPOSSIBLE = 0, 1, 2
LARGEST_FILE = 5_000_000


def configure(parser: argparse.ArgumentParser) -> None:
    """Whose rules, the file, and where they go."""
    parser.epilog = "The exit code is 1 where something did not map, and 2 where nothing could be read or written."
    parser.add_argument("format", choices=["semgrep"], help="whose rules they are")
    parser.add_argument("file", metavar="FILE", help="a YAML file of rules")
    parser.add_argument(
        "--directory", metavar="D", help=f"where they go (default: {FOLDER.as_posix()} of this project)"
    )


def run(arguments: argparse.Namespace, shipped: Catalogue) -> int:
    """Write a file for each rule that maps, list the others, and say how many there are."""
    file = Path(arguments.file)
    folder = Path(arguments.directory) if arguments.directory else root_of(Path.cwd()) / FOLDER
    try:
        text = read_regular(file, LARGEST_FILE).decode("utf-8-sig")
        found = list(read_semgrep(text, file.name, shipped))
    except UnicodeDecodeError as error:
        return _complain(f"{file} is not UTF-8: {error.reason}. Save it as UTF-8.")
    except OSError as error:
        return _complain(f"{file} cannot be read: {error.strerror or error}.")
    except ValueError as error:
        return _complain(f"{file}: {error}")
    unmapped = [one for one in found if isinstance(one, Unmapped)]
    written = [one for one in found if not isinstance(one, Unmapped)]
    for name, content, imported in written:
        try:
            write_new(folder / name, content)
        except FileExistsError:
            return _complain(f"{folder / name} is there already. Move it away, or choose another --directory.")
        except OSError as error:
            return _complain(f"{folder / name} cannot be written: {error.strerror}.")
        left = f" ({'; '.join(imported.left)})" if imported.left else ""
        print(f"imported  {folder / name}{left}")
    for one in unmapped:
        print(f"not       {file}:{one.line}: {one.id}: {one.why}")
    print(
        f"{len(written)} of {len(found)} rules were imported. `gifthorse rules test {folder}` says what they want yet."
    )
    return EXIT_SOME if unmapped else EXIT_DONE


def _complain(why: str) -> int:
    print(f"gifthorse rules import: {why}", file=sys.stderr)
    return EXIT_IMPOSSIBLE
