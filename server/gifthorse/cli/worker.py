"""The analysis process: `gifthorse worker` is started by the server and by `scan`, never by a person."""

import argparse

from gifthorse.engine.inspect import inspect, reinspect
from gifthorse.store.catalogue import load_catalogue
from gifthorse.worker.process import Engine, serve, take_streams

HELP = "internal: the analysis process, which the other commands start for themselves"


def configure(parser: argparse.ArgumentParser) -> None:
    """No options: the one that starts it says the rest over the pipe."""
    parser.set_defaults(command="worker")


def run(_arguments: argparse.Namespace) -> int:
    """Serve standard input and output until the other end closes them."""
    source, sink = take_streams()
    serve(load_catalogue(), Engine(inspect, reinspect), source, sink)
    return 0
