"""The formats of one made-up outcome: complete, stable, valid."""

import io
import json
from pathlib import Path

import jsonschema
import pytest
from rich.console import Console

from gifthorse.cli.render import github, markdown, sarif, text
from gifthorse.cli.render import json as json_format
from gifthorse.cli.scan import formats


def as_text(outcome, encoding="utf-8", width=100, **options):
    raw = io.BytesIO()
    sink = io.TextIOWrapper(raw, encoding=encoding, errors="strict", newline="")
    text.show(outcome, Console(file=sink, width=width, highlight=False, soft_wrap=True, **options))
    sink.flush()
    return raw.getvalue().decode(encoding)


def as_json(render, outcome):
    sink = io.StringIO()
    render(outcome, sink)
    return json.loads(sink.getvalue())


def test_formats_are_found_by_their_files():
    assert formats() == ["github", "json", "markdown", "sarif", "text"]


def test_github_gets_a_command_on_a_line_of_its_own_for_each_finding(sample):
    sink = io.StringIO()
    github.render(sample(), sink)
    lines = sink.getvalue().splitlines()
    assert lines[0].startswith("::error file=src/app.py,line=5,endLine=5,col=2,")
    assert "shell-injection" in lines[0]
    assert len(lines) == 6
    assert lines[5].startswith("::warning file=gifthorse.toml,line=3,title=configuration::")
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in lines)
    assert "::warning file=slow.py,title=not analysed::it took longer than 10 s" in lines


def test_markdown_has_a_row_for_each_finding_and_what_was_not_analysed(sample):
    sink = io.StringIO()
    markdown.render(sample(), sink)
    shown = sink.getvalue()
    assert shown.startswith("### Gifthorse: 1 error, 1 warning, 1 hint\n")
    assert shown.count("\n| ") == 5
    assert "`src/app.py:5`" in shown
    assert "- `slow.py`: it took longer than 10 s" in shown
    assert "- `gifthorse.toml:3`: " in shown
    assert "**Silenced by comments**:" in shown


def test_text_says_everything(sample):
    shown = as_text(sample())
    for words in (
        "src/app.py:5:2  error  shell-injection  subprocess.run is called with shell = True",
        ' 5 │     subprocess.run("echo 名前 " + cmd, shell=True)  # 名前\n',
        "   │     ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━\n",
        "AI   copilot (gpt-x), inline-completion, reported; unreviewed, 75% of it left",
        "fix  Remove shell=True (changes what the program does)",
        "src/app.py:6:9  warning  tls-verify-off",
        "computed from constants, which hides what it is",
        "how  3:1  `flag` is computed here",
        "CWE-295",
        'evil = "<U+202E>abc<U+200B><U+001B>[31m"',
        "U+202E turns the text <U+202E> around",
        "slow.py  not analysed  it took longer than 10 s",
        "big é#?.js  not analysed  larger than 2,000,000 bytes",
        "3 findings in 1 file: 1 error, 1 warning, 1 hint",
        "12 files looked at · 2 not analysed",
        "1 silenced by comments",
        "Skipped: 1 binary; 1 untracked, and ignored by .gitignore. --verbose lists them.",
    ):
        assert words in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_text_lists_every_skip_when_asked(sample):
    shown = as_text(sample(verbose=True))
    assert "logo.png  skipped: binary" in shown
    assert "build/  skipped: untracked, and ignored by .gitignore" in shown


def test_text_fits_a_terminal_that_knows_ascii_only(sample):
    shown = as_text(sample(), encoding="ascii")
    assert shown.isascii()
    assert 'subprocess.run("echo <U+540D><U+524D> " + cmd, shell=True)' in shown
    assert "^^^^" in shown


def test_colour_adds_nothing_but_colour(sample):
    import re  # noqa: PLC0415

    coloured = as_text(sample(), width=150, force_terminal=True, color_system="truecolor", no_color=False)
    assert "\x1b[1;31m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == as_text(sample(), width=150)


def test_a_narrow_terminal_breaks_between_words_and_a_file_gets_whole_lines(sample):
    narrow = as_text(sample(), width=60, force_terminal=True, no_color=True, color_system=None)
    assert "shell-injection  subprocess.run is \n  called with shell = True\n" in narrow
    assert "   │ AI   copilot (gpt-x), inline-completion, \n   │      reported; unreviewed, 75% of it left\n" in narrow
    assert "shell-injection  subprocess.run is called with shell = True\n" in as_text(sample(), width=60)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"files": (), "aside": ()}, "Nothing found in 12 files."),
        ({"files": ()}, "Nothing found in what could be analysed, which was not everything (12 files)."),
        ({"files": (), "aside": (), "analysed": 0}, "There was no file to look at."),
    ],
)
def test_what_was_not_analysed_is_never_called_clean(sample, changes, words):
    assert words in as_text(sample(**changes))


def test_json_says_everything(sample):
    said = as_json(json_format.render, sample())
    assert said["format"] == 1
    assert said["summary"] == {
        "analysed": 12,
        "findings": 3,
        "silenced": 1,
        "notAnalysed": 2,
        "skipped": 2,
        "inBaseline": 0,
        "belowThreshold": 0,
    }
    shell, tls, hidden = said["findings"]
    assert shell["path"] == "src/app.py"
    assert (shell["rule"], shell["level"], shell["severity"], shell["cwe"]) == (
        "shell-injection",
        "error",
        "high",
        [78],
    )
    assert shell["range"]["start"] == {"line": 5, "column": 2, "offset": 62}
    assert shell["range"]["end"]["column"] == 46
    assert shell["region"] == {
        "id": "r1",
        "tool": "copilot",
        "model": "gpt-x",
        "session": None,
        "kind": "inline-completion",
        "evidence": "reported",
        "insertedAt": "2026-01-01T00:00:00Z",
        "retained": 0.75,
        "standing": "unreviewed",
    }
    (fix,) = shell["fixes"]
    assert (fix["title"], fix["kind"], fix["edits"][0]["new"]) == ("Remove shell=True", "behavioural", "")
    assert tls["certainty"] == "obscured"
    assert tls["steps"][0]["range"]["start"]["line"] == 3
    assert hidden["region"] is None
    (silenced,) = said["silenced"]
    assert (silenced["rule"], silenced["reason"]) == ("secret", "an example in a book")
    assert said["notAnalysed"][0] == {"path": "slow.py", "why": "it took longer than 10 s"}
    assert {"path": "logo.png", "why": "binary"} in said["skipped"]
    assert said["configuration"]["problems"][0]["line"] == 3


def test_every_member_of_the_json_is_documented(sample):
    paper = (Path(__file__).parents[2] / "docs" / "json.md").read_text(encoding="utf-8")

    def names(value):
        if isinstance(value, dict):
            for key, inner in value.items():
                yield key
                yield from names(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from names(inner)

    assert {name for name in names(json_format.shape(sample())) if f"`{name}`" not in paper} == set()


def test_sarif_is_valid(sample, sarif_schema):
    jsonschema.Draft4Validator(sarif_schema).validate(as_json(sarif.render, sample()))
    jsonschema.Draft4Validator(sarif_schema).validate(as_json(sarif.render, sample(files=(), aside=(), problems=())))


def test_sarif_says_everything(sample):
    outcome = sample()
    (run,) = as_json(sarif.render, outcome)["runs"]
    assert run["columnKind"] == "utf16CodeUnits"
    driver = run["tool"]["driver"]
    assert [one["id"] for one in driver["rules"]] == ["bidi-control", "secret", "shell-injection", "tls-verify-off"]
    assert "external/cwe/cwe-78" in driver["rules"][2]["properties"]["tags"]
    said = driver["rules"][2]["help"]
    assert "**Instead.**\n\nWhat to write." in said["markdown"]
    assert "[CWE-78](https://cwe.mitre.org/data/definitions/78.html), <https://example.org/why>" in said["markdown"]
    assert "Instead:\n\nWhat to write." in said["text"]
    assert all("gifthorse: allow shell-injection -- " in words for words in said.values())
    shell, tls, hidden, secret = run["results"]
    assert [one["level"] for one in run["results"]] == ["error", "warning", "note", "note"]
    place = shell["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "src/app.py", "uriBaseId": "SRCROOT"}
    assert place["region"]["startColumn"] == 2
    assert driver["rules"][shell["ruleIndex"]]["id"] == shell["ruleId"]
    assert next(iter(shell["partialFingerprints"].values()))
    assert shell["properties"]["region"]["author"] == "copilot (gpt-x)"
    replacement = shell["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert replacement["insertedContent"] == {"text": ""}
    flow = tls["codeFlows"][0]["threadFlows"][0]["locations"]
    assert [one["location"]["physicalLocation"]["region"]["startLine"] for one in flow] == [3, 6]
    assert "suppressions" not in hidden
    assert secret["suppressions"][0]["justification"] == "an example in a book"
    assert run["originalUriBaseIds"]["SRCROOT"]["uri"].endswith("/made-up/")


def test_sarif_speaks_of_paths_as_they_are_typed_here(sample):
    root = sample().base
    (run,) = as_json(sarif.render, sample(base=root.parent))["runs"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": f"{root.name}/src/app.py", "uriBaseId": "SRCROOT"}
    assert run["originalUriBaseIds"]["SRCROOT"]["uri"] == root.parent.as_uri().rstrip("/") + "/"


def test_in_sarif_what_was_not_analysed_is_a_notification_and_no_result(sample):
    (run,) = as_json(sarif.render, sample())["runs"]
    notices = run["invocations"][0]["toolExecutionNotifications"]
    kinds = [(one["descriptor"]["id"], one["level"]) for one in notices]
    assert kinds == [
        ("not-analysed", "warning"),
        ("not-analysed", "warning"),
        ("skipped", "note"),
        ("skipped", "note"),
        ("configuration", "warning"),
    ]
    places = [one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in notices[:2]]
    assert places == ["slow.py", "big%20%C3%A9%23%3F.js"]
    assert all(result["ruleId"] != "not-analysed" for result in run["results"])


def test_sarif_columns_count_utf16_units():
    from gifthorse.model.text import Span, Text  # noqa: PLC0415

    region = sarif._region(Span(5, 6), Text.of("\U0001f600 x".encode()))
    assert (region["startColumn"], region["endColumn"]) == (4, 5)
