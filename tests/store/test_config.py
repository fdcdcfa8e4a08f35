"""What can be set, who may set it, and that an error names its place and never switches anything off."""

import os
import sys
from pathlib import Path

import pytest

from gifthorse.model.finding import Severity
from gifthorse.store.config import Bounds, combine, layers_of
from gifthorse.workspace.policies import allowed

RULES = {
    "eval-call": Severity.MEDIUM,
    "dynamic-code": Severity.MEDIUM,
    "weak-hash": Severity.LOW,
    "tls-verify-off": Severity.HIGH,
    "not-analysed": Severity.LOW,
}
CAPABILITIES = frozenset({"network-access", "process-execution"})
EVERYTHING = """
exclude = ["dist/**", "*.min.js"]

[rules]
off = ["weak-hash"]

[rules.severity]
eval-call = "high"
tls-verify-off = "low"

[limits]
file-bytes = 5000
seconds = 3
megabytes = 700

[provenance]
infer = true
"""


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    folder = tmp_path / "user"
    folder.mkdir()
    monkeypatch.setenv("GIFTHORSE_CONFIG_DIR", str(folder))
    return folder


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "root"
    folder.mkdir()
    return folder


def load(root, text=None, *, trusted=True, settings=None):
    if text is not None:
        (root / "gifthorse.toml").write_text(text, encoding="utf-8")
    return combine(layers_of(root, trusted=trusted, settings=settings), RULES, CAPABILITIES)


def test_without_a_file_there_are_defaults_and_no_problems(root):
    config = load(root)
    assert (config.exclude, config.off, config.severities, config.problems) == ((), frozenset(), {}, ())
    assert config.bounds == Bounds()


def test_a_trusted_file_sets_everything(root):
    config = load(root, EVERYTHING)
    assert config.problems == config.ignored == ()
    assert config.exclude == ("dist/**", "*.min.js")
    assert config.off == {"weak-hash"}
    assert config.severities == {"eval-call": Severity.HIGH, "tls-verify-off": Severity.LOW}
    assert config.bounds == Bounds(5000, 3.0, 700)
    assert config.infer


def test_an_untrusted_file_can_only_tighten_and_is_told_so(root):
    config = load(root, EVERYTHING, trusted=False)
    assert config.severities == {"eval-call": Severity.HIGH}
    assert (config.exclude, config.off, config.bounds, config.infer) == ((), frozenset(), Bounds(), False)
    lines = {problem.line for problem in config.ignored}
    assert lines == {2, 5, 9, 12, 13, 14, 17}
    assert all("not trusted" in problem.message and "--trust" in problem.remedy for problem in config.ignored)
    assert config.problems == ()


def test_an_untrusted_file_cannot_lower_what_the_user_raised(root, own_folder):
    (own_folder / "gifthorse.toml").write_text('[rules.severity]\nweak-hash = "high"\n')
    config = load(root, '[rules.severity]\nweak-hash = "medium"\n', trusted=False)
    assert config.severities == {"weak-hash": Severity.HIGH}
    assert len(config.ignored) == 1


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('\nexclud = ["a"]\n', 2, "Did you mean `exclude`"),
        ("[rules]\nof = []\n", 2, "Did you mean `off`"),
        ('[rules]\noff = ["eval-cal"]\n', 2, "Did you mean `eval-call`"),
        ('[rules]\noff = ["not-analysed"]\n', 2, "cannot be off"),
        ('[rules.severity]\n\neval-call = "huge"\n', 3, "high, medium, low"),
        ('[rules.severity]\nevil-call = "high"\n', 2, "Did you mean `eval-call`"),
        ("[limits]\nfile-bytes = 0\n", 2, "more than 0"),
        ('[limits]\nseconds = "3"\n', 2, "must be a number"),
        ("[limits]\nseconds = nan\n", 2, "more than 0"),
        ("[limits]\nminutes = 3\n", 2, "Known keys here"),
        ('[provenance]\ninfer = "yes"\n', 2, "true or false"),
        ('exclude = ["ok", "[z-a]"]\n', 1, "cannot be read"),
        ("exclude = [1]\n", 1, "not a string"),
        ("exclude = 3\n", 1, "list of strings"),
        ("rules = 3\n", 1, "must be a table"),
        ('[[policy]]\nwrite = "deny"\n\n[[policy]]\npath = ["a"]\nwrite = "deny"\n', 5, "Did you mean `paths`"),
        ('[[policy]]\nwrite = "denied"\n', 2, "allow, deny"),
        ('[[policy]]\nwrite = "deny"\nevidence = ["hookd"]\n', 3, "Did you mean `hooked`"),
        ('[[policy]]\nwrite = "deny"\npaths = ["[z-a]"]\n', 3, "cannot be read"),
        ('[[policy]]\nreview = [""]\n', 2, "empty name"),
        ('[[policy]]\nseverity = "huge"\n', 2, "high, medium, low"),
        ('\n[[policy]]\npaths = ["a"]\n', 2, "says nothing"),
        ('policy = "deny"\n', 1, "[[policy]]"),
        ("a = 1\n[broken\n", 2, "not TOML"),
    ],
)
def test_every_error_names_file_line_and_remedy(root, text, line, says):
    (problem,) = load(root, text).problems
    assert problem.file == str(root / "gifthorse.toml")
    assert problem.line == line
    assert says in str(problem)
    assert problem.remedy


def test_a_file_with_an_error_still_tightens_but_loosens_nothing(root):
    config = load(
        root, 'mistake = 1\nexclude = ["a"]\n[rules]\noff = ["eval-call"]\n[rules.severity]\nweak-hash = "high"\n'
    )
    assert (config.exclude, config.off) == ((), frozenset())
    assert config.severities == {"weak-hash": Severity.HIGH}
    assert len(config.problems) == 1
    assert all("has an error in it" in problem.message for problem in config.ignored)
    assert len(config.ignored) == 2


def test_editor_settings_win_and_may_hold_keys_of_the_client(root):
    settings = {"serverCommand": ["x"], "rules": {"off": ["eval-call"], "severity": {"weak-hash": "high"}}}
    config = load(root, '[rules.severity]\nweak-hash = "medium"\n', trusted=False, settings=settings)
    assert config.problems == ()
    assert config.off == {"eval-call"}
    assert config.severities == {"weak-hash": Severity.HIGH}


def test_wrong_editor_settings_are_named(root):
    (problem,) = load(root, settings={"rules": {"off": ["eval-cal"]}}).problems
    assert "the editor's settings" in problem.file


@pytest.mark.parametrize("content", [b"\xff\xfe", b"#" * 1_000_001])
def test_a_file_that_is_no_text_is_a_problem(root, content):
    (root / "gifthorse.toml").write_bytes(content)
    assert len(load(root).problems) == 1


def test_a_byte_order_mark_and_windows_line_ends_are_fine(root):
    (root / "gifthorse.toml").write_bytes(b'\xef\xbb\xbfexclude = ["a"]\r\n')
    config = load(root)
    assert (config.exclude, config.problems) == (("a",), ())


if sys.platform != "win32":

    def test_a_fifo_in_its_place_is_not_waited_for(root):
        os.mkfifo(root / "gifthorse.toml")
        (problem,) = load(root).problems
        assert "no ordinary text file" in problem.message


def test_every_key_is_documented_with_its_default():
    paper = (Path(__file__).parents[2] / "docs" / "configuration.md").read_text(encoding="utf-8")
    bounds = Bounds()
    for key, default in (
        ("exclude", "none"),
        ("rules.off", "none"),
        ("rules.severity", "as the rule says"),
        ("limits.file-bytes", f"{bounds.file_bytes:,}"),
        ("limits.seconds", f"{bounds.seconds:g}"),
        ("limits.megabytes", f"{bounds.megabytes:,}"),
        ("provenance.infer", "false"),
    ):
        assert any(line.startswith(f"| `{key}` |") and line.endswith(f"| {default} |") for line in paper.splitlines())


def test_the_documented_example_is_valid(root):
    paper = (Path(__file__).parents[2] / "docs" / "configuration.md").read_text(encoding="utf-8")
    example = paper.split("```toml\n")[1].split("```")[0]
    config = load(root, example)
    assert config.problems == ()
    assert (config.bounds, config.exclude) == (Bounds(), ("dist/", "*.min.js"))


POLICIES = """[[policy]]
paths = ["auth/"]
tools = "copilot"
evidence = ["hooked"]
write = "allow"

[[policy]]
review = ["Ada Low"]
severity = "high"
reason = " Why. "
"""


def test_policies_keep_their_order_and_know_their_lines(root, own_folder):
    (own_folder / "gifthorse.toml").write_text('[[policy]]\nwrite = "deny"\n')
    config = load(root, POLICIES, settings={"policy": [{"write": "deny"}]})
    assert config.problems == config.ignored == ()
    places = [(Path(one.file).parent.name, one.line) for one in config.policies]
    assert places == [("user", 1), ("root", 1), ("root", 7), ("", 1)]
    _, allow, review, _ = config.policies
    assert (allow.paths, allow.tools, allow.allowed, allow.trusted) == (("auth/",), ("copilot",), True, True)
    assert (review.review, review.severity, review.reason) == (("Ada Low",), Severity.HIGH, "Why.")


def test_policies_of_an_untrusted_file_lift_nothing_and_are_told_so_only_where_they_would(root, own_folder):
    alone = load(root, POLICIES, trusted=False)
    assert alone.ignored == ()
    assert [one.trusted for one in alone.policies] == [False, False]
    (own_folder / "gifthorse.toml").write_text('[[policy]]\nwrite = "deny"\n')
    (said,) = load(root, POLICIES, trusted=False).ignored
    assert said.line == 5
    assert "Allowing what other settings deny was ignored" in said.message


def test_a_capability_is_allowed_by_whoever_is_trusted(root, own_folder):
    (own_folder / "gifthorse.toml").write_text('[capabilities]\nprocess-execution = "tools/"\n')
    text = '[capabilities]\n"network-access" = ["src/clients/**"]\n'
    config = load(root, text)
    assert [(one.capability, one.paths, one.line) for one in config.grants] == [
        ("process-execution", ("tools/",), 2),
        ("network-access", ("src/clients/**",), 2),
    ]
    assert allowed(config.grants, "src/clients/a/b.py") == ("network-access",)
    assert allowed(config.grants, "tools/a.py") == ("process-execution",)
    assert allowed(config.grants, "src/other.py") == ()
    config = load(root, text, trusted=False)
    assert [one.capability for one in config.grants] == ["process-execution"]
    (aside,) = config.ignored
    assert (aside.line, aside.message) == (
        2,
        "Allowing network-access by path was ignored: the file belongs to a folder that is not trusted.",
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('"netwrk-access" = ["a"]', "Did you mean `network-access`?"),
        ('"zzz" = ["a"]', "Known keys here: network-access, process-execution."),
        ('"network-access" = 3', "must be a string or a list of strings"),
        ('"network-access" = ["a", ""]', "The pattern '' cannot be read."),
    ],
)
def test_a_mistake_among_capabilities_is_said_and_nothing_is_loosened(root, line, words):
    config = load(root, f'exclude = ["x"]\n\n[capabilities]\n"process-execution" = ["b"]\n{line}\n')
    (problem,) = config.problems
    assert (problem.line, words in str(problem)) == (5, True)
    assert config.grants == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('[[policy]]\nwrite = "deny"\npaths = [\n  "a",  # ], "x"\n', '  "[[:foo:]]",\n]\n'),
        ('[[policy]]\nwrite = "deny"\nevidence = ["hooked",\n', '"hookd"]\n'),
        ("[rules]\noff = [\n  'weak-hash',\n\n", "  'weak-hush',\n]\n"),
        ('exclude = [ # first\n  "a,[",\n', '  "!"\n]\n'),
        ('[profiles.test]\nhidden = [\n  "weak-hash",\n', '  "weak-hush",\n]\n'),
        ('[capabilities]\n"network-access" = [\n  "a",\n', '  "",\n]\n'),
        ('exclude = [\n  "a",\n  "b",\n', "  3,\n]\n"),
    ],
)
def test_a_mistake_in_a_list_is_said_on_its_own_line(root, before, after):
    (problem,) = load(root, before + after).problems
    assert problem.line == before.count("\n") + 1


def test_an_entry_with_a_mistake_allows_nothing(root):
    text = '[[policy]]\nwrite = "deny"\n\n[[policy]]\npths = ["docs/"]\nwrite = "allow"\n'
    config = load(root, text)
    (problem,) = config.problems
    assert (problem.line, problem.remedy) == (5, "Did you mean `paths`?")
    assert [one.allowed for one in config.policies] == [False, None]


@pytest.mark.parametrize("says", ["review = []\n", 'tools = ["a"]\n', 'reason = "b"\n'])
def test_an_entry_that_says_nothing_is_a_mistake(root, says):
    (problem,) = load(root, f"[[policy]]\n{says}").problems
    assert problem.message == "This entry says nothing."
