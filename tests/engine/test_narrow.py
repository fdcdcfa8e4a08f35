"""Which regular expressions let only harmless characters through."""

import pytest

from gifthorse.engine.narrow import is_anchored, is_narrow

ANCHORED = [
    "^[a-z]+$", r"^[a-zA-Z0-9_-]{1,32}$", r"\A\d+\Z", "^[-a-z]+$", "^[a-z-]+$", r"^\w+$", r"^(?:[A-Z]{2}|x)\d{3}$".replace("|", ""), r"^[\w.-]+$",
    r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", "^yes$",
]  # fmt: skip
NARROW = ["[a-z]+", r"\d+", r"[\w-]+(?:\.[\w-]+)*", "(?:asc|desc)"]
WIDE = [
    ".*", "^.+$", "^https?://.*$", "[^a]", "^[^;|&]+$", r"^\S+$", r"\s", "^[a-z/]+$", "^[a-z'\"]+$", r"^[\D]+$", r"^\W+$",
    "^[a-z;]+$", "^[a-z$]+$", "", "(", "^[a-z\n]+$", r"^[\s\w]+$", "^[!-~]+$", r"^[\x00-\x7f]+$", "^[a-z<>]+$", "^[A-z]+$", "^[,-z]+$", "^[ -~]+$", "^[+--z]+$",
]  # fmt: skip


@pytest.mark.parametrize("pattern", ANCHORED)
def test_anchored(pattern):
    assert is_anchored(pattern)
    assert is_narrow(pattern)


@pytest.mark.parametrize("pattern", NARROW)
def test_narrow_only(pattern):
    assert is_narrow(pattern)
    assert not is_anchored(pattern)


@pytest.mark.parametrize("pattern", WIDE)
def test_wide(pattern):
    assert not is_narrow(pattern)
    assert not is_anchored(pattern)
