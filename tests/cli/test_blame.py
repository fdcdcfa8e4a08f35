"""`gifthorse blame` as it is used: text, JSON and HTML, ranges of lines, and everything that can be wrong."""

import json
import os
import re
from html.parser import HTMLParser

import pytest
from rich.cells import cell_len

KEY = "s_c9883b05a2487d::t_9f8e7d6c5b4a32"
START = "import os\n\n\ndef main():\n    return os.getcwd()\n"
AI = "\n\ndef fetch(url):\n    return requests.get(url, verify=False, timeout=3)\n"
HOSTILE = "<script>alert(1)</script>\"'&\u202e"


@pytest.fixture
def noted(repository):
    repository.commit("Start", a__py="import requests\n" + START)
    tip = repository.commit("Fetch", author="Bob Ray <bob@example.com>", a__py="import requests\n" + START + AI)
    repository.note(tip, f"a.py\n  {KEY} 9-10\n")
    return repository


def test_text_says_who_on_what_evidence_and_what_was_found(gifthorse, noted):
    result = gifthorse("blame", "a.py", cwd=noted.root)
    assert (result.returncode, result.stderr) == (0, "")
    shown = result.stdout
    assert re.search(r"── AI  claude \(claude-sonnet-4-5\) ─* [0-9a-f]{7} Bob Ray 2023-11-14", shown)
    assert "recorded in a git note · 100% left · unreviewed" in shown
    assert re.search(r"── unknown ─+ [0-9a-f]{7} Ann Lee 2023-11-14", shown)
    assert " 10 ┃     return requests.get(url, verify=False, timeout=3)\n" in shown
    assert "warning tls-verify-off" in shown
    assert "a.py  6 lines: 2 AI (33%), 4 unknown (67%)" in shown
    assert re.search(r"claude \(claude-sonnet-4-5\) +2 +100% +[12] +recorded +1 unreviewed", shown)


@pytest.mark.parametrize("width", [60, 80, 104, 160])
def test_text_fits_its_terminal(gifthorse, noted, width):
    noted.write("a.py", (noted.root / "a.py").read_text() + "x = '" + "wide 漢字 " * 40 + "'\n")
    shown = gifthorse("blame", "a.py", cwd=noted.root, COLUMNS=str(width)).stdout
    assert max(map(cell_len, shown.splitlines())) <= width


def test_text_without_fancy_characters(gifthorse, noted):
    result = gifthorse(
        "blame", "a.py", "--lines", "9-10", cwd=noted.root, PYTHONUTF8="0", PYTHONIOENCODING="ascii", LC_ALL="C"
    )
    assert result.returncode == 0
    assert result.stdout.isascii()
    assert "\n  9 # def fetch(url):\n" in result.stdout.replace("\n 9 #", "\n  9 #")


def test_a_range_of_lines(gifthorse, noted):
    shown = gifthorse("blame", "a.py", "--lines", "9-", "--no-findings", cwd=noted.root).stdout
    assert "def fetch" in shown
    assert "def main" not in shown
    assert "a.py  lines 9-10  2 lines: 2 AI (100%)" in shown
    assert "Nobody looked for findings" in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--lines", "x"], "no range of lines"),
        (["--lines", ""], "no range of lines"),
        (["--lines", "0"], "the file has 10 lines"),
        (["--lines", "5-3"], "the file has 10 lines"),
        (["--lines", "11-12"], "the file has 10 lines"),
        (["--notes", "../../etc/passwd"], "no full name of a reference"),
    ],
)
def test_bad_options_say_what_to_do(gifthorse, noted, words, said):
    result = gifthorse("blame", "a.py", *words, cwd=noted.root)
    assert (result.returncode, result.stdout) == (2, "")
    assert said in result.stderr


def test_json(gifthorse, noted):
    result = gifthorse("blame", "a.py", "--format", "json", cwd=noted.root)
    told = json.loads(result.stdout)
    assert told["summary"]["counts"] == {"ai": 2, "mixed": 0, "human": 0, "unknown": 4}
    block = next(block for block in told["blocks"] if block["class"] == "ai")
    assert (block["first"], block["last"], block["retained"], block["standing"]) == (9, 10, 1.0, "unreviewed")
    assert block["statements"][0] == {
        "class": "ai",
        "source": "git note",
        "evidence": "recorded",
        "tool": "claude",
        "model": "claude-sonnet-4-5",
        "session": "conv-1",
        "person": None,
        "region": None,
        "commit": None,
    }
    assert told["commits"][block["commit"]]["author"] == "Bob Ray"
    assert {finding["line"] for finding in told["findings"]} == {10}
    assert [line for each in told["blocks"] for line in range(each["first"], each["last"] + 1)] == list(range(1, 11))


class Page(HTMLParser):
    """What is on a page: tags, attributes, ids, links."""

    def __init__(self, content):
        super().__init__()
        self.tags, self.attributes, self.ids, self.links, self.text = set(), set(), [], [], []
        self.feed(content)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value)
            if name == "href":
                self.links.append(value)

    def handle_data(self, data):
        self.text.append(data)


def test_html_is_one_page_that_runs_and_loads_nothing(gifthorse, repository):
    name = "<img src=x onerror=alert(1)>.py" if os.name != "nt" else "a.py"
    tip = repository.commit(
        HOSTILE,
        author=f"{HOSTILE.replace('<', '').replace('>', '')} <x@example.com>",
        **{name: f"# {HOSTILE}\nx = eval(input())\n"},
    )
    agent = {"tool": HOSTILE, "id": HOSTILE, "model": HOSTILE}
    repository.note(tip, f'"{name}"\n  {KEY} 1-2\n', sessions={KEY.partition("::")[0]: {"agent_id": agent}})
    result = gifthorse("blame", f"./{name}", "--format", "html", cwd=repository.root)
    assert result.returncode == 0, result.stderr
    page = Page(result.stdout)
    assert not page.tags & {"script", "img", "iframe", "object", "embed", "form", "base"}
    assert not {one for one in page.attributes if one.startswith("on")} | page.attributes & {"src", "srcset", "action"}
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)
    assert len(page.ids) == len(set(page.ids))
    assert "default-src 'none'" in result.stdout
    assert "url(" not in result.stdout
    assert "\u202e" not in result.stdout
    assert any("<script>alert(1)</script>" in text for text in page.text)
    assert {"tabindex", "aria-label"} <= page.attributes


def test_nothing_from_a_file_reaches_the_terminal_unmasked(gifthorse, repository):
    name = "esc\x1b[31mred.py"
    repository.commit("m\x1b[0m", author="Eve\x1b[2J <e@example.com>", **{name: "x = 1 \x1b]0;title\x07\u202e\n"})
    for form in ("text", "html", "json"):
        result = gifthorse("blame", name, "--format", form, cwd=repository.root)
        assert result.returncode == 0, result.stderr
        assert not set("\x1b\x07\u202e") & set(result.stdout)


def test_a_name_does_nothing_to_the_terminal_even_in_a_complaint(gifthorse, noted):
    for words in (["blame"], ["import", "git-ai"], ["stats", "--root"]):
        result = gifthorse(*words, "no\x1b[31mthing\u202e.py", cwd=noted.root)
        assert result.returncode == 2
        assert "<U+001B>" in result.stderr
        assert not set("\x1b\u202e") & set(result.stderr)


def test_secrets_are_covered(gifthorse, repository):
    secret = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
    repository.commit(a__py=f'token = "{secret}"\n')
    for form in ("text", "html", "json"):
        assert secret not in gifthorse("blame", "a.py", "--format", form, cwd=repository.root).stdout


class TestPlaces:
    """Every kind of place that a file may be in."""

    def said(self, gifthorse, cwd, *words):
        result = gifthorse("blame", *words, "--no-findings", cwd=cwd)
        assert "Traceback" not in result.stderr
        return result.returncode, result.stdout + result.stderr

    def test_no_repository(self, gifthorse, tmp_path):
        (tmp_path / "a.py").write_text("x = 1\n")
        code, said = self.said(gifthorse, tmp_path, "a.py")
        assert code == 0
        assert "in no git repository" in said

    def test_no_commit_and_no_committed_file(self, gifthorse, repository):
        repository.write("a.py", "x = 1\n")
        assert "There is no commit yet" in self.said(gifthorse, repository.root, "a.py")[1]
        repository.commit(b__py="y = 1\n")
        repository.write("c.py", "x = 1\n")
        code, said = self.said(gifthorse, repository.root, "c.py")
        assert code == 0
        assert "c.py is in no commit yet" in said
        assert "not committed" in said

    def test_from_a_folder_below(self, gifthorse, noted):
        noted.commit(**{"sub/b.py": "x = 1\n"})
        assert "claude" in self.said(gifthorse, noted.root / "sub", "../a.py")[1]

    def test_a_submodule(self, gifthorse, noted, tmp_path):
        outer = type(noted)(tmp_path / "outer")
        outer.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(noted.root), "sub")
        outer.commit("sub")
        assert "unknown" in self.said(gifthorse, outer.root, "sub/a.py")[1]
        code, said = self.said(gifthorse, outer.root, "sub")
        assert code == 2
        assert "is a folder" in said

    def test_a_bare_repository(self, gifthorse, noted, tmp_path):
        noted.git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
        code, said = self.said(gifthorse, tmp_path / "bare.git", "a.py")
        assert code == 2
        assert "a.py does not exist. This is a bare repository" in said

    def test_a_damaged_repository(self, gifthorse, noted):
        (noted.root / ".git" / "HEAD").write_text("rubbish")
        code, said = self.said(gifthorse, noted.root, "a.py")
        assert code == 0
        assert "HEAD names no commit" in " ".join(said.split())

    @pytest.mark.parametrize("name", ["nothing.py", "../../../../etc/nothing", "a\nb", "x" * 5000, "a\0b"[:1] + "?"])
    def test_what_is_not_there(self, gifthorse, noted, name):
        code, said = self.said(gifthorse, noted.root, name)
        assert code == 2
        assert "gifthorse blame:" in said

    def test_what_has_no_lines(self, gifthorse, noted):
        noted.write("binary", b"\0\1\2" * 100)
        os.mkfifo(noted.root / "fifo")
        for name in ("binary", "fifo"):
            code, said = self.said(gifthorse, noted.root, name)
            assert code == 2
            assert "no lines to speak of" in said

    def test_an_empty_file(self, gifthorse, repository):
        repository.commit(a__py="")
        code, said = self.said(gifthorse, repository.root, "a.py")
        assert code == 0
        assert "none with text" in said

    def test_output_goes_whole_into_a_file(self, gifthorse, noted, tmp_path):
        result = gifthorse("blame", "a.py", "--output", str(tmp_path / "out.txt"), cwd=noted.root)
        assert (result.returncode, result.stdout) == (0, "")
        assert "claude" in (tmp_path / "out.txt").read_text(encoding="utf-8")
        result = gifthorse("blame", "a.py", "--output", str(tmp_path / "no" / "out.txt"), cwd=noted.root)
        assert result.returncode == 2
        assert "cannot be written" in result.stderr
