"""Limits, patterns, lists and constraints: which change lets more through, and which does not."""

import pytest

from gifthorse.change.looser import fewer_constraints, looser, looser_call, more_allowed, quantity, wider


@pytest.mark.parametrize(
    ("old", "new", "is_looser"),
    [
        ("MAX_ATTEMPTS = 5", "MAX_ATTEMPTS = 5000", True),
        ("MAX_ATTEMPTS = 5", "MAX_ATTEMPTS = 3", False),
        ("max_size = 1024", "max_size = 2048", False),
        ("timeout=5", "timeout=None", True),
        ("timeout=5", "timeout=10", False),
        ("iterations = 600_000", "iterations = 1000", True),
        ("windowMs: 60 * 1000", "windowMs: 1000", True),
        ("windowMs: 60 * 1000", "windowMs: MINUTE", False),
        ("Timeout: 5 * time.Second", "Timeout: 5 * time.Hour", True),
    ],
)
def test_settings_with_a_name(old, new, is_looser):
    assert bool(looser(old, new)) == is_looser


@pytest.mark.parametrize(
    ("old", "new", "is_looser"),
    [
        ('@limiter.limit("5/minute")', '@limiter.limit("5000/minute")', True),
        ('@limiter.limit("5/minute")', '@limiter.limit("5/second")', True),
        ('@limiter.limit("5/minute")', '@limiter.limit("5/hour")', False),
        ("httprate.LimitByIP(20, time.Minute)", "httprate.LimitByIP(100000, time.Minute)", True),
        ("@MaxLength(40)", "@MaxLength(10000)", True),
        ("@MinLength(12)", "@MinLength(1)", True),
        ("[Range(1, 100)]", "[Range(-5, 100)]", False),
        ("@Size(min = 8, max = 64)", "@Size(min = 1, max = 64)", True),
        ("@Size(min = 8, max = 64)", "@Size(min = 8, max = 72)", False),
        ("'throttle:60,1'", "'throttle:6000,1'", True),
        ("z.string().min(3).max(80)", "z.string().min(3).max(8000)", True),
        ("f(1)", "g(1)", False),
    ],
)
def test_calls_in_the_same_words(old, new, is_looser):
    assert bool(looser_call(old, new)) == is_looser


@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        ("Field(min_length=3, max_length=32)", "Field(min_length=3)", "max_length"),
        ("z.string().email().max(80)", "z.string().max(80)", "email"),
        ("'required|email|max:255'", "'required|max:255'", "email"),
        ("@Size(min = 1, max = 10)", "@Size(max = 10)", "min"),
        ("z.string().max(80)", "z.string().max(80).trim()", ""),
        ("z.string().max(80)", "z.number().min(3)", ""),
    ],
)
def test_constraints_that_are_gone(old, new, lost):
    assert fewer_constraints(old, new) == lost


@pytest.mark.parametrize(
    ("old", "new", "is_wider"),
    [
        ("/^[a-z]+$/", "/[a-z]+/", True),
        (r"r'\A\d{4}\Z'", r"r'\d{4}'", True),
        ("/^[a-z]{2,20}$/", "/^[a-z]{2,2000}$/", True),
        ("/^[a-z]{2,20}$/", "/^[a-z]+$/", True),
        ("/^[a-z]+$/", "/^.*$/", True),
        ("/^[a-z]+$/", "/^[a-z]{1,20}$/", False),
        ("/^[a-z]+$/", r"/\A[a-z]+\z/", False),
    ],
)
def test_patterns(old, new, is_wider):
    assert bool(wider(old, new)) == is_wider


def test_values_that_ought_not_to_be_allowed():
    assert more_allowed("origins = ['https://a.example']", "origins = ['*']")
    assert more_allowed("extensions = {'png'}", "extensions = {'png', 'php'}")
    assert not more_allowed("extensions = {'png'}", "extensions = {'png', 'webp'}")


@pytest.mark.parametrize(
    ("text", "value"),
    [("15 * 60 * 1000", 900_000), ("time.Minute", 60), ("10 * time.Second", 10), ("MINUTE", None), ("get()", None)],
)
def test_quantities_with_their_units(text, value):
    assert quantity(text) == value
