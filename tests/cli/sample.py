"""A made-up outcome with everything in it that a format must be able to show."""

from pathlib import Path

from gifthorse.cli.render._outcome import Outcome
from gifthorse.model.finding import Certainty, Confidence, Finding, Fix, FixKind, Report, Severity, Step
from gifthorse.model.insertion import Evidence, Insertion, Origin
from gifthorse.model.region import Region
from gifthorse.model.review import Standing
from gifthorse.model.rule import Catalogue, Rule
from gifthorse.model.text import Edit, Span, Text
from gifthorse.store.config import Config
from gifthorse.store.table import Problem
from gifthorse.workspace.judge import judge_all
from gifthorse.workspace.owners import Owners
from gifthorse.workspace.survey import Aside, Surveyed

ROOT = Path.cwd() / "made-up"
SOURCE = """import subprocess

flag = not len("x")
def run(名前, cmd):
\tsubprocess.run("echo 名前 " + cmd, shell=True)  # 名前
\treturn requests.get(
\t\turl,
\t\tverify=flag,
\t)

password = "hunter2"  # gifthorse: allow secret -- an example in a book
evil = "\u202eabc\u200b\x1b[31m"
""".encode()


def rule(name, cwe, severity, title):
    return Rule(
        id=name,
        family="a-family",
        cwe=(cwe,),
        severity=severity,
        confidence=Confidence.HIGH,
        title=title,
        message="",
        why="What can happen.\n",
        instead="What to write.\n",
        references=("https://example.org/why",),
        matches=(),
        tests=(),
    )


RULES = {
    one.id: one
    for one in (
        rule("shell-injection", 78, Severity.HIGH, "A shell runs a command that is put together"),
        rule("tls-verify-off", 295, Severity.HIGH, "TLS certificate verification is turned off"),
        rule("secret", 798, Severity.MEDIUM, "A secret in the source"),
        rule("bidi-control", 1007, Severity.LOW, "A hidden character"),
    )
}


def spot(words):
    start = SOURCE.index(words.encode())
    return Span(start, start + len(words.encode()))


def sample(base=ROOT, **changes):
    text = Text.of(SOURCE)
    shell, tls = (
        spot('subprocess.run("echo 名前 " + cmd, shell=True)'),
        spot("requests.get(\n\t\turl,\n\t\tverify=flag,\n\t)"),
    )
    argument = spot(", shell=True")
    findings = (
        Finding(
            "shell-injection",
            shell,
            "subprocess.run is called with shell = True",
            Severity.HIGH,
            Confidence.HIGH,
            fixes=(Fix("Remove shell=True", FixKind.BEHAVIOURAL, (Edit(argument, b""),)),),
        ),
        Finding(
            "tls-verify-off",
            tls,
            "requests.get is called with verify = False",
            Severity.HIGH,
            Confidence.MEDIUM,
            Certainty.OBSCURED,
            steps=(Step(spot('flag = not len("x")'), "`flag` is computed here"),),
        ),
        Finding("secret", spot('"hunter2"'), "A password", Severity.MEDIUM, Confidence.HIGH),
        Finding("bidi-control", spot("\u202e"), "U+202E turns the text \u202e around", Severity.LOW, Confidence.HIGH),
    )
    report = Report("python", findings, (spot("# gifthorse: allow secret -- an example in a book"),))
    origin = Origin("copilot", "inline-completion", model="gpt-x")
    insertion = Insertion("r1", origin, Evidence.REPORTED, "2026-01-01T00:00:00Z", "a" * 64, None, 60)
    region = Region(insertion, (shell,), 45, Standing.UNREVIEWED)
    catalogue = Catalogue(RULES, {}, "v")
    judgement = judge_all(report, text, Owners([region]), Config(), catalogue)
    file = Surveyed(ROOT / "src/app.py", ROOT, "src/app.py", text, "python", judgement, (region,), "")
    partial = judge_all(
        Report(None, (), (), "not analysed: it took longer than 10 s"), text, Owners([]), Config(), catalogue
    )
    slow = Surveyed(
        ROOT / "slow.py", ROOT, "slow.py", text, None, partial, (), "not analysed: it took longer than 10 s"
    )
    settings = {
        "files": (file, slow),
        "analysed": 12,
        "aside": (
            Aside(ROOT / "logo.png", ROOT, "logo.png", "binary", unknown=False),
            Aside(ROOT / "build", ROOT, "build/", "untracked, and ignored by .gitignore", unknown=False),
            Aside(ROOT / "big é#?.js", ROOT, "big é#?.js", "larger than 2,000,000 bytes", unknown=True),
        ),
        "problems": (
            Problem(str(ROOT / "gifthorse.toml"), 3, "The key `of` is not known here.", "Did you mean `off`?"),
        ),
        "ignored": (),
        "catalogue": catalogue,
        "base": base,
    }
    return Outcome(**{**settings, **changes})
