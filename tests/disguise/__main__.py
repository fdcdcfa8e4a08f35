"""`python -m disguise`: the full run, and the table in docs/disguises.md; `--show LANGUAGE [KIND]` prints misses."""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from disguise import report


def main() -> None:
    parser = argparse.ArgumentParser(prog="disguise", description=__doc__)
    parser.add_argument("--show", metavar="LANGUAGE", help="print what is missed in this language, and write nothing")
    parser.add_argument("--kind", default="", help="only kinds with this word")
    parser.add_argument("--rule", default="", help="only this rule")
    parser.add_argument("--pairs", type=int, default=24, help="pairs of kinds tried for each sample")
    parser.add_argument("--most", type=int, default=40, help="misses printed at most")
    parser.add_argument("--quick", action="store_true", help="one way of each kind only")
    chosen = parser.parse_args()
    if chosen.show:
        report.show(chosen)
    else:
        report.write(chosen.pairs, every=not chosen.quick)


main()
