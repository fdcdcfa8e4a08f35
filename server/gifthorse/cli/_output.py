"""Where a command's result goes: to standard output, or whole into a file that was asked for."""

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

FAILED = 2
"""The exit code where something could not be done."""


class CannotError(Exception):
    """It cannot be done; the message says why and what to do."""


def show(render: Callable[[TextIO], None], output: str | None) -> None:
    """Let `render` write to standard output, or to the file `output`. Raises CannotError where that is not possible."""
    if output:
        written = io.StringIO()
        render(written)
        replace(Path(output), written.getvalue())
        return
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # What a terminal has no sign for is no failure.
    render(sys.stdout)
    sys.stdout.flush()


def replace(path: Path, content: str) -> None:
    """Write a file so that nobody ever finds half of it; a device or FIFO is written to as it is."""
    if path.exists() and not path.is_file():
        path.write_text(content, encoding="utf-8")
        return
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        unfinished.write_text(content, encoding="utf-8")
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise CannotError(f"{path} cannot be written: {error.strerror}") from error
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def attempted(command: str, about: str, work: Callable[[], int]) -> int:
    """The exit code of `work`; where it cannot be done, why is said on standard error. `about`: what it works on."""
    from gifthorse.store.gitfolder import GitError  # noqa: PLC0415  --help must not wait for it
    from gifthorse.store.table import CatalogueError  # noqa: PLC0415
    from gifthorse.workspace.analysis import AnalysisError  # noqa: PLC0415

    try:
        return work()
    except CatalogueError as error:
        print(*error.problems, sep="\n", file=sys.stderr)
    except (CannotError, GitError, AnalysisError, ValueError) as error:
        complain(command, error)
    except OSError as error:
        complain(command, error, about)
    return FAILED


def complain(command: str, error: Exception, name: str = "") -> None:
    """Say on standard error what was wrong, so that no name of a file does anything to the terminal.

    `name`: what an OSError that names no file is about.
    """
    from gifthorse.cli.render._excerpt import visible  # noqa: PLC0415  only now is the time for its imports

    if isinstance(error, OSError):
        about = str(error.filename or name)
        said = f"{about}: {error.strerror or error}" if about else str(error.strerror or error)
    else:
        said = str(error)
    print(f"gifthorse {command}: {visible(said, sys.stderr.encoding or 'ascii')}", file=sys.stderr)
