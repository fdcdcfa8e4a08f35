"""A small Catalogue of the tests' own rules, so that the engine's tests do not hang on the catalogue's contents."""

from pathlib import Path

import pytest

from gifthorse.model.finding import Confidence, FixKind, Severity
from gifthorse.model.rule import Catalogue, FixSpec, Match, MatchKind, Rule
from gifthorse.store.catalogue import load_catalogue

DATA = ("yaml", "json", "hcl", "toml", "xml")
LANGUAGES = ("python", "javascript", "go")
CALL, ASSIGN, QUERY = MatchKind.CALL, MatchKind.ASSIGN, MatchKind.QUERY
HTTP = ("requests.get", "requests.post", "requests.Session().*", "https.request", "crypto/tls.Config")


def make_rule(name: str, *matches: Match) -> Rule:
    """A Rule of which only the Matches matter."""
    message = "{callee} {arg} = {value}"
    return Rule(name, "test", (1,), Severity.HIGH, Confidence.HIGH, name, message, "", "", (), matches, ())


RULES = (
    make_rule(
        "tls",
        Match(
            CALL,
            LANGUAGES,
            HTTP,
            {"verify|0.rejectUnauthorized|InsecureSkipVerify": ("falsy",)},
            unless={"InsecureSkipVerify": ("present",)},
            fix=FixSpec("Remove", FixKind.MECHANICAL, delete=("verify|0.rejectUnauthorized",)),
        ),
        Match(CALL, ("go",), ("crypto/tls.Config",), {"InsecureSkipVerify": ("truthy",)}),
    ),
    make_rule("shell", Match(CALL, LANGUAGES, ("os.system", "child_process.exec", "os/exec.Command"))),
    make_rule("code", Match(CALL, LANGUAGES, ("eval",), {"0": ("not:literal",)})),
    make_rule("sql", Match(CALL, LANGUAGES, ("**.execute", "**.query", "**.Query"), {"0": ("built",)})),
    make_rule("debug", Match(ASSIGN, LANGUAGES, ("**.debug", "DEBUG"), {"value": ("truthy",)})),
    make_rule("hash", Match(CALL, LANGUAGES, ("crypto.createHash", "hashlib.new"), {"0": ("is:md5",)})),
    make_rule("md5", Match(CALL, ("python",), ("hashlib.md5",), fix=FixSpec("Use", FixKind.BEHAVIOURAL, callee="hashlib.sha256"))),
    make_rule("token", Match(CALL, LANGUAGES, ("random.random", "Math.random"), context="token")),
    make_rule("setting", Match(ASSIGN, DATA, ("**.privileged", "**.add[]"), {"value": ("truthy", "is:ALL")})),
    make_rule("kind", Match(ASSIGN, DATA, ("**.port",), {"root.kind": ("is:Open",), "around.shut": ("falsy", "missing")})),
    make_rule("drops", Match(ASSIGN, DATA, ("capabilities", "**.capabilities"), unless={"value.drop.ALL": ("present",)})),
    make_rule("workflow", Match(ASSIGN, DATA, ("jobs.*.uses",), files=("flows/*.yml", "case.*.yml"))),
    make_rule("remote", Match(CALL, ("dockerfile",), ("ADD",), {"0": ("re:^http",)})),
    make_rule("plain", Match(CALL, ("html",), ("iframe", "script"), {"src": ("re:^http:",)})),
    make_rule("grant", Match(CALL, ("sql",), ("grant", "xp_cmdshell"))),
    make_rule("compare", Match(QUERY, ("python",), ('((comparison_operator) @match (#match? @match "secret"))',))),
)  # fmt: skip


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    shipped = load_catalogue()
    return Catalogue({rule.id: rule for rule in RULES}, shipped.languages, "test")


@pytest.fixture(scope="session")
def shipped() -> Catalogue:
    return load_catalogue()


CASES = Path(__file__).parent / "cases"
