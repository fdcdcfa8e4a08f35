"""What things cost, in ratios that hold on any machine, with generous margins: a regression of kind, not of degree."""

import gc
import time
import tracemalloc

from gifthorse.engine.inspect import inspect, reinspect
from gifthorse.model.finding import Confidence, Severity
from gifthorse.model.rule import Catalogue, Match, MatchKind, Rule
from gifthorse.model.text import Edit, Span

PIECE = """def work{n}(rows, limit={n}):
    found = {{}}
    for row in rows:
        if row.get("name") in found:
            raise ValueError(f"twice: {{row}}")
        found[row["name"]] = helper{n}(row, limit)
    return found


def helper{n}(row, limit):
    return [value.strip() for value in row["values"][:limit]]


"""
TEXT = "".join(PIECE.format(n=number) for number in range(100)).encode()


def seconds(work, runs=3):
    times = []
    for _ in range(runs):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def with_rules(number, languages):
    rules = {}
    for serial in range(number):
        patterns = (f"library{serial}.function{serial}", f"**.method{serial}", f"other{serial}.*")
        match = Match(MatchKind.CALL, ("python",), patterns, {"0": ("built",)})
        name = f"rule-{serial}"
        rules[name] = Rule(name, "test", (1,), Severity.LOW, Confidence.LOW, name, name, "", "", (), (match,), ())
    return Catalogue(rules, languages, f"many-{number}")


def test_more_rules_cost_nothing(catalogue):
    few, many = with_rules(50, catalogue.languages), with_rules(5_000, catalogue.languages)
    for made in (few, many):
        inspect(TEXT, "a.py", None, made)
    assert seconds(lambda: inspect(TEXT, "a.py", None, many)) < 2.5 * seconds(lambda: inspect(TEXT, "a.py", None, few))


def test_an_edit_costs_much_less_than_the_file(catalogue):
    inspection = inspect(TEXT, "a.py", None, catalogue)
    at = TEXT.index(b"    return", len(TEXT) // 2)
    edit = Edit(Span(at, at), b"    limit = 1\n")
    text = TEXT[:at] + edit.new + TEXT[at:]
    whole = seconds(lambda: inspect(text, "a.py", None, catalogue))
    assert seconds(lambda: reinspect(inspection, [edit], text)) < whole / 5


def test_an_edit_in_one_function_leaves_the_others_alone(catalogue):
    """A branch asks for what is known to hold outside text, which must not make it depend on every name of the file."""
    text = b"import sys\n\nwanted = sys.argv[1]\n\n\n" + TEXT
    before = inspect(text, "a.py", None, catalogue)
    at = text.index(b"    return", len(text) // 2)
    after = reinspect(before, [Edit(Span(at, at), b"    limit = 1\n")], text[:at] + b"    limit = 1\n" + text[at:])
    works = before.syntax.evaluation.functions
    again = [path for path, work in after.syntax.evaluation.functions.items() if works.get(path) is not work]
    assert 1 <= len(again) <= 4


def test_nothing_is_left_of_an_inspection_that_nobody_keeps(catalogue):
    """A tree is some forty times its text: one kept by mistake for every version would fill the memory."""
    text = TEXT + b"ok = secret == given\n" * 50
    inspect(text, "a.py", None, catalogue)
    gc.collect()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for _ in range(3):
            assert inspect(text, "a.py", None, catalogue).report.findings
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < len(text)
