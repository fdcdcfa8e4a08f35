"""Many texts through real processes: in order, bounded, and a process that will not run is an error."""

import sys

import pytest

from gifthorse.worker.limits import Limits
from gifthorse.workspace.analysis import UNDER_WAY, AnalysisError, Analysts, Document

BAD = b"import requests\nrequests.get(u, verify=False, timeout=3)\n"


def documents(count, taken):
    for number in range(count):
        taken.append(number)
        yield Document(f"{number} é.py", BAD + b"x = 1\n" * (0 if number % 3 else 300))


def test_answers_come_in_order_and_few_texts_are_under_way():
    taken, seen = [], []
    with Analysts(2, Limits()) as analysts:
        for document, report in analysts.analyse(documents(30, taken)):
            seen.append(document.name)
            assert [finding.rule for finding in report.findings] == ["tls-verify-off"]
            assert len(taken) - len(seen) < UNDER_WAY * 2 + 1
    assert seen == [f"{number} é.py" for number in range(30)]


def test_one_text_in_two_documents_is_answered_twice():
    with Analysts(1, Limits()) as analysts:
        answers = list(analysts.analyse([Document("a.py", BAD), Document("a.py", BAD)]))
    assert [len(report.findings) for _, report in answers] == [1, 1]


def test_no_documents_need_no_answer():
    with Analysts(1, Limits()) as analysts:
        assert list(analysts.analyse([])) == []


def test_a_process_that_does_not_run_is_an_error():
    command = (sys.executable, "-c", "raise SystemExit(3)")
    with Analysts(1, Limits(), command) as analysts, pytest.raises(AnalysisError, match="the analysis process"):
        list(analysts.analyse([Document("a.py", BAD)]))


def test_a_text_that_is_too_large_for_the_process_is_not_analysed():
    with Analysts(1, Limits(content=100)) as analysts:
        small, large = analysts.analyse([Document("a.py", BAD), Document("b.py", BAD * 10)])
    assert not small[1].incomplete
    assert large[1].incomplete
