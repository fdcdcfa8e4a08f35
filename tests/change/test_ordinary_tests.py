"""What people do to tests every day is no weakness, or only a hint."""

import pytest

from gifthorse.change.pairtest import changed
from gifthorse.model.finding import Confidence
from gifthorse.store.catalogue import load_catalogue

HEAD = "import pytest\n\n\n"
TEST = "def test_is_read():\n    assert read('a') == 'b'\n"


def confidences(path, before, after):
    found = changed(path, before, after, load_catalogue())
    return [one.confidence for one in found if one.rule == "test-weakened"]


@pytest.mark.parametrize(
    ("mark", "confidence"),
    [
        ('@pytest.mark.skipif(sys.version_info < (3, 9), reason="needs 3.9")\n', Confidence.LOW),
        ('@unittest.skipUnless(HAS_ZLIB, "needs zlib")\n', Confidence.LOW),
        ('@pytest.mark.skipif(True, reason="later")\n', Confidence.MEDIUM),
        ('@unittest.skipUnless(False, "later")\n', Confidence.MEDIUM),
        ("@pytest.mark.skip\n", Confidence.MEDIUM),
    ],
)
def test_a_test_that_is_skipped_under_a_condition_is_a_hint(mark, confidence):
    assert confidences("test_a.py", HEAD + TEST, HEAD + mark + TEST) == [confidence]


def test_another_way_to_expect_that_something_holds_is_as_strict():
    before = "class A(TestCase):\n    def test_a(self):\n        self.assertTrue(is_success(200))\n"
    assert (
        confidences("test_a.py", before, before.replace("self.assertTrue(is_success(200))", "assert is_success(200)"))
        == []
    )
    weaker = before.replace("assertTrue(is_success(200))", "assertEqual(status(200), 'success')")
    assert confidences("test_a.py", weaker, before) == [Confidence.MEDIUM]


@pytest.mark.parametrize(
    ("was", "now", "confidence"),
    [
        ("the name has been overriden here", "the name has been overridden here", Confidence.LOW),
        ("access is denied to this person", "nobody has asked for anything", Confidence.MEDIUM),
        ("b", "c", Confidence.MEDIUM),
    ],
)
def test_a_sentence_spelled_otherwise_is_a_hint(was, now, confidence):
    before = TEST.replace("'b'", repr(was))
    assert confidences("test_a.py", before, before.replace(was, now)) == [confidence]


def test_that_a_place_was_reached_is_an_expectation():
    before = "test('a', (t) => {\n  run();\n});\n"
    after = "test('a', (t) => {\n  t.plan(1);\n  run(() => t.pass('called'));\n});\n"
    assert confidences("a.test.js", before, after) == [Confidence.LOW]
