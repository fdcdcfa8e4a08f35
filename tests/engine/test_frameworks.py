"""What a client sends to a web framework: each `expect: rule` comment names what must be found on its line, surely, and
nothing else may be found in the file.
"""

from pathlib import Path

import pytest

from gifthorse.engine.inspect import inspect
from gifthorse.model.finding import Confidence

FRAMEWORKS = Path(__file__).parent / "frameworks"
FILES = sorted(path for path in FRAMEWORKS.rglob("*") if path.is_file())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(FRAMEWORKS).as_posix())
def test_framework(path, shipped, expectations):
    content = path.read_bytes()
    expected = expectations(content)
    report = inspect(content, path.name, None, shipped).report
    found = {(content.count(b"\n", 0, one.span.start) + 1, one.rule, one.confidence) for one in report.findings}
    assert not report.incomplete
    assert len({rule for _, rule in expected}) >= (1 if path.suffix in {".jsx", ".tsx"} else 2)
    assert {(line, rule) for line, rule, _ in found} == expected
    assert {one for one in found if one[2] == Confidence.LOW} == set()
