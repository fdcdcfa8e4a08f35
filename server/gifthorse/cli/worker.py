"""The analysis process: `gifthorse worker` is started by the server and by `scan`, never by a person."""

import argparse
import sys

from gifthorse.engine.inspect import inspect, reinspect
from gifthorse.engine.usable import query_problem
from gifthorse.store.catalogue import load_catalogue
from gifthorse.worker.doors import Engine
from gifthorse.worker.process import serve, take_streams
from gifthorse.worker.shelf import Shelf

HELP = "internal: the analysis process, which the other commands start for themselves"


def configure(parser: argparse.ArgumentParser) -> None:
    """No options: the one that starts it says everything over the pipe."""
    parser.description = f"{HELP}. It reads and writes binary messages and takes no options."


def run(_arguments: argparse.Namespace) -> int:
    """Serve standard input and output until the other end closes them. 2 for a person who tries it in a terminal."""
    if sys.stdin.isatty():
        print("gifthorse worker speaks to other programs only; try `gifthorse scan PATH`.", file=sys.stderr)
        return 2
    source, sink = take_streams()
    serve(load_catalogue(), Engine(inspect, reinspect, Shelf, query_problem), source, sink)
    return 0
