"""A small Catalogue of the tests' own rules, so that the engine's tests do not hang on the catalogue's contents."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from gifthorse.model.finding import Confidence, FixKind, Severity
from gifthorse.model.fixspec import FixSpec
from gifthorse.model.knowledge import Alias, Flow, Handler, Knowledge, Propagator, Sanitizer, Sink, Source
from gifthorse.model.rule import Catalogue, Match, MatchKind, Rule
from gifthorse.store.catalogue import load_catalogue

DATA = ("yaml", "json", "hcl", "toml", "xml")
LANGUAGES = ("python", "javascript", "go", "c", "rust", "swift")
CLASSES = ("java", "kotlin", "csharp")
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
    make_rule("begins", Match(ASSIGN, DATA, ("**.port",), {"root.on.request|root.on.visit": ("present",)})),
    make_rule("drops", Match(ASSIGN, DATA, ("capabilities", "**.capabilities"), unless={"value.drop.ALL": ("present",)})),
    make_rule("workflow", Match(ASSIGN, DATA, ("jobs.*.uses",), files=("flows/*.yml", "case.*.yml"))),
    make_rule("remote", Match(CALL, ("dockerfile",), ("ADD",), {"0": ("re:^http",)})),
    make_rule("plain", Match(CALL, ("html",), ("iframe", "script"), {"src": ("re:^http:",)})),
    make_rule("grant", Match(CALL, ("sql",), ("grant", "xp_cmdshell"))),
    make_rule("run", Match(CALL, CLASSES, ("org.tool.Danger.run", "org.tool.Danger().run", "Danger.Run", "Danger().Run"), {"0": ("built", "is:off")})),
    make_rule("off", Match(ASSIGN, CLASSES, ("**.verify", "**.Verify"), {"value": ("falsy",)})),
    make_rule("open", Match(CALL, CLASSES, ("org.tool.Open", "Open"), {"origins|Origins|0": ("is:all",)})),
    make_rule("made", Match(CALL, CLASSES, ("org.tool.Danger", "Danger"), {"0|Mode|mode": ("is:off",)})),
    make_rule("compare", Match(QUERY, ("python",), ('((comparison_operator) @match (#match? @match "secret"))',))),
)  # fmt: skip


def to(label: str) -> Rule:
    """A rule of which only the flow matters: nothing from outside may come to sinks of this label."""
    flow = Flow((*LANGUAGES, *CLASSES), ("request", "argument", "network"), label)
    return replace(make_rule(f"to-{label}"), flows=(flow,))


def library(language: str) -> Knowledge:
    """What is known of two libraries that there are not: `web`, where text comes in, and `danger`."""
    request, escape = "web.Request().args", ("html",)
    handled = {"incoming": "web.Request()", "*": "label:request"}
    return Knowledge(
        language,
        "web",
        sources=(
            Source("request", read=("web.request.args", "web.request.url", request)),
            Source("network", call=("web.secret_source",)),
            Source("network", call=("web.read_into",), to="0"),
        ),
        handlers=(
            Handler(given_to=("web.App().route", "web.App().on"), parameters=handled),
            Handler(overrides=("web.View.get",), parameters={"0": "label:request"}),
        ),
        sinks=(
            Sink("shell", call=("danger.run",), argument="0"),
            Sink("shell", call=("danger.run_all",)),
            Sink("html", call=("danger.show",), assign=("**.html",)),
            Sink("html", returned_by=("web.App().route",), where={"value": ("built",)}),
        ),
        sanitizers=(
            Sanitizer(escape, call=("web.escape",)),
            Sanitizer(("shell",), call=("web.quote",)),
            Sanitizer(("*",), call=("int", "len", "web.digest", "Number", "parseInt", "strconv.Atoi", "number")),
            Sanitizer(("shell",), check=("web.is_safe",)),
            Sanitizer(("shell",), check=("web.is_bad",), holds=False),
        ),
        propagators=(Propagator(("web.copy",), ("0",), ("1",)),),
        aliases=(Alias("web.globals.request", "web.request"),),
    )


RULES = (*RULES, to("shell"), to("html"))


def types(language: str) -> Knowledge:
    """The same libraries for languages in which names have types and methods have annotations."""
    return Knowledge(
        language,
        "web",
        sources=(Source("request", call=("org.web.Request().read", "Request().Read")),),
        handlers=(
            Handler(parameter_annotated=("org.web.Given", "Given"), label="request"),
            Handler(annotated=("org.web.Route", "Route"), parameters={"*": "label:request"}),
            Handler(overrides=("org.web.View.get", "View.Get"), parameters={"0": "label:request"}),
        ),
        sinks=(
            Sink("shell", call=("org.tool.Danger().start", "Danger().Start"), argument="0"),
            Sink("html", assign=("**.html", "**.Html")),
        ),
        sanitizers=(
            Sanitizer(("shell",), call=("org.web.Web.quote", "Web.Quote")),
            Sanitizer(("shell",), check=("org.web.Web.isSafe", "Web.IsSafe")),
            Sanitizer(("*",), call=("Integer.parseInt", "int.Parse", "**.toInt", "int", "Int")),
        ),
    )


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    shipped = load_catalogue()
    known = (*(library(language) for language in LANGUAGES), *(types(language) for language in CLASSES))
    return Catalogue({rule.id: rule for rule in RULES}, shipped.languages, "test", known)


@pytest.fixture(scope="session")
def shipped() -> Catalogue:
    return load_catalogue()


EXPECT = re.compile(rb"expect: ([a-z0-9-]+(?:, [a-z0-9-]+)*)")


@pytest.fixture(scope="session")
def expectations() -> Callable[[bytes], set[tuple[int, str]]]:
    """What `expect: rule, rule` comments say: the number of each line, and a rule that finds something there."""

    def read(content: bytes) -> set[tuple[int, str]]:
        lines = ((number, EXPECT.search(line)) for number, line in enumerate(content.split(b"\n"), 1))
        return {(number, rule) for number, found in lines if found for rule in found[1].decode().split(", ")}

    return read
