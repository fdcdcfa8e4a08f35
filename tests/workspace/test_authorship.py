"""Who wrote each line, joined from everything; through every rewriting of history; and never a person's text called AI."""

import hashlib
import json

import pytest

from gifthorse.model.event import Inserted, MarkedHuman
from gifthorse.model.insertion import Evidence, Insertion, Origin
from gifthorse.model.text import Span, Text
from gifthorse.provenance.formats.agent_trace import content_hash
from gifthorse.provenance.holdings import add, empty, mark_human
from gifthorse.provenance.lines import LineClass
from gifthorse.provenance.statements import Source
from gifthorse.workspace.authorship import authorship
from gifthorse.workspace.history import open_history
from gifthorse.workspace.root import Workspace

KEY = "s_c9883b05a2487d::t_9f8e7d6c5b4a32"
PERSON = "h_31dce776f88375"
START = "def start():\n    return first_things_first()\n"
AI = "def fetch_everything(url, timeout):\n    answer = open_connection(url, timeout)\n    return answer.read()\n"
MORE = "def person_wrote_this(one, other):\n    return one if one > other else other\n"


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch):
    monkeypatch.setenv("GIFTHORSE_STATE_DIR", str(tmp_path / "state"))


def known(root, name="a.py"):
    history = open_history(Workspace(root, configured=False))
    return authorship(history, name, Text.of((root / name).read_bytes()))


def classes(root, name="a.py"):
    """The class of each line with text, in short: A, M, H, or a dot for unknown."""
    short = {LineClass.AI: "A", LineClass.MIXED: "M", LineClass.HUMAN: "H", LineClass.UNKNOWN: "."}
    return "".join(short[line.kind] for line in known(root, name).lines if not line.blank)


@pytest.fixture
def noted(repository):
    """A person's start, and an assistant's three lines behind it that a note speaks of."""
    repository.commit("start", a__py=START)
    tip = repository.commit("fetch", a__py=START + AI)
    repository.note(tip, f"a.py\n  {KEY} 3-5\n")
    return repository


class TestNotes:
    def test_lines_are_whose_the_note_says(self, noted):
        assert classes(noted.root) == "..AAA"
        first = known(noted.root).lines[2].first
        assert (first.tool, first.model, first.session, first.evidence) == (
            "claude",
            "claude-sonnet-4-5",
            "conv-1",
            Evidence.RECORDED,
        )

    def test_later_lines_are_not(self, noted):
        noted.write("a.py", MORE + START + AI + MORE)
        assert classes(noted.root) == "....AAA.."
        noted.commit("more")
        assert classes(noted.root) == "....AAA.."

    def test_a_changed_line_is_not(self, noted):
        noted.commit(a__py=START + AI.replace("timeout)\n", "timeout=3)\n", 1))
        assert classes(noted.root) == "..A.A"

    def test_a_note_speaks_only_of_lines_that_its_commit_brought(self, repository):
        repository.commit(a__py=START)
        tip = repository.commit(a__py=START + AI)
        repository.note(tip, f"a.py\n  {KEY} 1-5\n")
        assert classes(repository.root) == "..AAA"

    def test_where_entries_overlap_the_last_wins(self, repository):
        tip = repository.commit(a__py=AI)
        humans = {PERSON: {"author": "Ann <ann@example.com>"}}
        repository.note(tip, f"a.py\n  {KEY} 1-3\n  {PERSON} 2\n", humans=humans)
        assert classes(repository.root) == "AHA"
        assert known(repository.root).lines[1].first.person == "Ann <ann@example.com>"

    def test_who_a_key_is_may_be_told_elsewhere(self, repository):
        first = repository.commit(b__py="x = 1\n")
        prompt = {"agent_id": {"tool": "cursor", "id": "c", "model": "m-1"}, "messages": []}
        repository.note(first, "b.py\n  abcd1234abcd1234 1\n", prompts={"abcd1234abcd1234": prompt})
        tip = repository.commit(a__py=AI)
        repository.note(tip, "a.py\n  abcd1234abcd1234 1\n  ef0b5678ef0b5678 2\n  whatever 3\n")
        assert classes(repository.root) == "AA."
        assert [line.first.tool for line in known(repository.root).lines[:2]] == ["cursor", ""]

    def test_a_damaged_note_is_named(self, repository):
        tip = repository.commit(a__py=AI)
        repository.git("notes", "--ref=ai", "add", "-m", f"a.py\n  {KEY} 1\n---\n{{", tip)
        assert classes(repository.root) == "A.."
        assert any(f"The note of {tip[:7]}" in notice for notice in known(repository.root).notices)

    @pytest.mark.parametrize("name", ["a b.py", 'quo"te.py', "tab\there.py", "new\nline.py", "ünï.py", "-x.py", "#.py"])
    def test_odd_names(self, repository, name):
        tip = repository.commit(**{name: AI})
        odd = any(character in name for character in " \t\n")
        repository.note(tip, f'"{name}"\n  {KEY} 1-3\n' if odd else f"{name}\n  {KEY} 1-3\n")
        assert classes(repository.root, name) == "AAA"

    def test_a_carriage_return_alone_ends_no_line_of_gits(self, repository):
        tip = repository.commit(a__py="one = 1\rtwo = 2\nthree = 3\n")
        repository.note(tip, f"a.py\n  {KEY} 2\n")
        assert classes(repository.root) == ".A"

    def test_line_ends_of_another_system_are_no_change(self, noted):
        noted.write("a.py", (START + AI).replace("\n", "\r\n"))
        assert classes(noted.root) == "..AAA"


class TestRewriting:
    """The note stays with the old commit; the text tells that it is the same change."""

    def test_amend(self, noted):
        noted.git("commit", "-q", "--amend", "-m", "other words")
        assert classes(noted.root) == "..AAA"
        assert known(noted.root).lines[2].first.source is Source.CARRIED

    def test_amend_with_more_by_a_person(self, noted):
        noted.write("a.py", START + AI + MORE)
        noted.git("add", "-A")
        noted.git("commit", "-q", "--amend", "-m", "and more")
        assert classes(noted.root) == "..AAA.."

    def test_rebase(self, noted):
        noted.git("branch", "topic")
        noted.git("reset", "-q", "--hard", "HEAD~1")
        noted.commit("elsewhere", a__py=MORE + START)
        noted.git("rebase", "-q", "main", "topic")
        assert classes(noted.root) == "....AAA"

    def test_squash(self, noted):
        noted.commit("person's", a__py=START + AI + MORE)
        noted.git("reset", "-q", "--soft", "HEAD~2")
        noted.git("commit", "-q", "-m", "all at once")
        assert classes(noted.root) == "..AAA.."

    def test_cherry_pick(self, noted):
        picked = noted.head()
        noted.git("checkout", "-q", "-b", "other", "HEAD~1")
        noted.commit("own", b__py="x = 1\n")
        noted.git("cherry-pick", picked)
        assert classes(noted.root) == "..AAA"

    def test_merge_and_its_conflict(self, noted):
        noted.git("checkout", "-q", "-b", "other", "HEAD~1")
        noted.commit("theirs", a__py=START + MORE)
        noted.git("merge", "-q", "main", check=False)
        noted.write("a.py", START + MORE + AI)
        noted.commit("merged")
        assert classes(noted.root) == "....AAA"

    def test_fast_merge_and_detached_head(self, noted):
        noted.git("checkout", "-q", "--detach", "HEAD")
        assert classes(noted.root) == "..AAA"

    def test_stash(self, noted):
        noted.write("a.py", START + AI + MORE)
        noted.git("stash")
        assert classes(noted.root) == "..AAA"
        noted.git("stash", "pop")
        assert classes(noted.root) == "..AAA.."

    def test_a_renamed_file(self, noted):
        noted.git("mv", "a.py", "b.py")
        noted.commit("moved")
        assert classes(noted.root, "b.py") == "..AAA"

    def test_what_a_person_wrote_instead_is_not_carried(self, noted):
        noted.git("reset", "-q", "--hard", "HEAD~1")
        noted.commit("by hand", a__py=START + "def fetch_everything(url):\n    return urlopen(url).read()\n")
        assert classes(noted.root) == "...."

    def test_short_lines_alike_are_not_carried(self, repository):
        repository.commit(a__py="{\n}\n")
        tip = repository.commit(a__py="{\n  {\n  }\n}\n")
        repository.note(tip, f"a.py\n  {KEY} 2-3\n")
        repository.git("reset", "-q", "--hard", "HEAD~1")
        repository.commit(a__py="{\n  x\n  {\n    y\n  }\n}\n")
        assert classes(repository.root) == "......"

    def test_a_commit_with_its_own_note_inherits_nothing(self, noted):
        noted.git("commit", "-q", "--amend", "-m", "again")
        noted.note(noted.head(), "")
        assert classes(noted.root) == "....."


class TestJournal:
    """What editors and agents reported, character by character."""

    def told(self, root, text, piece, name="a.py", region="r1"):
        document = Text.of(text)
        start = text.encode().index(piece.encode())
        span = Span(start, start + len(piece.encode()))
        digest = hashlib.sha256(piece.encode()).hexdigest()
        origin = Origin("copilot", "inline-completion", "gpt-5", "s")
        insertion = Insertion(
            region, origin, Evidence.REPORTED, "2026-01-01T00:00:00Z", digest, None, len(piece.split())
        )
        workspace = Workspace(root, configured=False)
        holdings = add(empty(), document, insertion, [span])
        workspace.journal.append(Inserted(name, insertion))
        workspace.remember(name, document, holdings)
        workspace.close()
        return document, holdings

    def test_without_a_repository(self, tmp_path):
        root = tmp_path / "plain"
        root.mkdir()
        (root / "a.py").write_text(START + AI)
        self.told(root, START + AI, AI)
        assert classes(root) == "..AAA"
        assert "in no git repository" in known(root).notices[0]

    def test_before_the_first_commit(self, repository):
        repository.write("a.py", START + AI)
        self.told(repository.root, START + AI, AI)
        assert classes(repository.root) == "..AAA"
        assert "no commit yet on the branch main" in known(repository.root).notices[0]

    def test_parts_of_lines(self, repository):
        repository.commit(a__py="value = compute(one, two)\n")
        self.told(repository.root, "value = compute(one, two)\n", "compute(one, two)")
        line = known(repository.root).lines[0]
        assert line.kind is LineClass.MIXED
        assert 0.6 < line.share < 0.8

    def test_it_counts_more_than_a_note(self, repository):
        text = "value = compute(one, two)\n"
        tip = repository.commit(a__py=text)
        repository.note(tip, f"a.py\n  {KEY} 1\n")
        self.told(repository.root, text, "compute(one, two)")
        line = known(repository.root).lines[0]
        assert (line.kind, [one.source for one in line.statements]) == (LineClass.MIXED, [Source.JOURNAL, Source.NOTE])

    def test_another_work_tree_of_the_repository_knows_it_too(self, repository, tmp_path):
        repository.commit(a__py=START)
        repository.write("a.py", START + AI)
        self.told(repository.root, START + AI, AI)
        repository.commit("fetch")
        repository.git("worktree", "add", "-q", "-b", "other", str(tmp_path / "other"))
        assert classes(tmp_path / "other") == "..AAA"
        (tmp_path / "other" / "a.py").write_text(MORE + START + AI)
        assert classes(tmp_path / "other") == "....AAA"

    @pytest.mark.parametrize("how", ["amend", "rebase", "squash", "stash"])
    def test_history_may_be_rewritten(self, repository, how):
        repository.commit("start", a__py=START)
        repository.write("a.py", START + AI)
        self.told(repository.root, START + AI, AI)
        if how == "stash":
            repository.git("stash")
            assert classes(repository.root) == ".."
            repository.git("stash", "pop")
        elif how == "amend":
            repository.git("commit", "-qa", "--amend", "-m", "again")
        elif how == "rebase":
            repository.git("checkout", "-q", "-b", "topic")
            repository.commit("fetch")
            repository.git("checkout", "-q", "main")
            repository.commit(a__py=MORE + START)
            repository.git("rebase", "-q", "main", "topic")
            assert classes(repository.root) == "....AAA"
            return
        else:
            repository.commit("one")
            repository.commit("two", a__py=START + AI + MORE)
            repository.git("reset", "-q", "--soft", "HEAD~2")
            repository.git("commit", "-q", "-m", "squashed")
            assert classes(repository.root) == "..AAA.."
            return
        assert classes(repository.root) == "..AAA"

    def test_what_a_person_called_theirs_no_note_takes_back(self, repository):
        tip = repository.commit(a__py=AI)
        repository.note(tip, f"a.py\n  {KEY} 1-3\n")
        document, holdings = self.told(repository.root, AI, AI)
        workspace = Workspace(repository.root, configured=False)
        second = document.line_span(1)
        left = mark_human(holdings, document, second)
        workspace.remembered("a.py", document)
        workspace.journal.append(MarkedHuman("a.py", ("r1",), "2026-01-02T00:00:00Z", "ann"))
        workspace.remember("a.py", document, left)
        workspace.close()
        assert classes(repository.root) == "AHA"
        assert known(repository.root).lines[1].first.person == "ann"


class TestWeakEvidence:
    TRAILER = "Fetch\n\nCo-authored-by: Claude <noreply@anthropic.com>"

    def test_a_trailer_makes_no_line_ai(self, repository):
        repository.commit(self.TRAILER, a__py=AI)
        assert classes(repository.root) == "..."
        first = known(repository.root).lines[0].first
        assert (first.tool, first.evidence, first.kind) == ("claude", Evidence.DECLARED, LineClass.UNKNOWN)

    def test_marker_comments_do_for_the_lines_between(self, repository):
        repository.commit(a__py=f"# gifthorse:ai copilot gpt-5\n{AI}# gifthorse:end\n{MORE}# gifthorse:ai x\ny = 1\n")
        assert classes(repository.root) == ".AAA....."
        assert known(repository.root).lines[1].first.evidence is Evidence.DECLARED
        assert any("nothing ends" in notice for notice in known(repository.root).notices)

    def test_the_end_of_a_shallow_clone_declares_nothing(self, repository, tmp_path):
        repository.commit("mine", a__py=MORE)
        repository.commit(self.TRAILER, a__py=MORE + AI)
        repository.git("clone", "-q", "--depth", "1", f"file://{repository.root}", str(tmp_path / "shallow"))
        found = known(tmp_path / "shallow")
        assert all(line.statements == () for line in found.lines)
        assert any("shallow" in notice for notice in found.notices)


class TestTraces:
    def trace(self, repository, tip, ranges, **changes):
        talk = {"contributor": {"type": "ai", "model_id": "anthropic/claude-opus-4-5"}, "ranges": ranges}
        record = {
            "version": "0.1.0",
            "id": "550e8400-e29b-41d4-a716-446655440000",
            "timestamp": "2026-01-23T14:30:00Z",
            "tool": {"name": "cursor"},
            "files": [{"path": "a.py", "conversations": [talk]}],
            **({"vcs": {"type": "git", "revision": tip}} if tip else {}),
            **changes,
        }
        repository.write(".agent-trace/traces.jsonl", json.dumps(record) + "\n")

    def test_lines_of_the_recorded_revision(self, repository):
        repository.commit(a__py=START)
        tip = repository.commit(a__py=START + AI)
        self.trace(repository, tip, [{"start_line": 1, "end_line": 5}])
        repository.write("a.py", MORE + START + AI)
        assert classes(repository.root) == "....AAA"
        first = known(repository.root).lines[4].first
        assert (first.tool, first.model, first.source) == ("cursor", "claude-opus-4-5", Source.TRACE)

    def test_a_hash_that_does_not_fit(self, repository):
        tip = repository.commit(a__py=AI)
        self.trace(repository, tip, [{"start_line": 1, "end_line": 3, "content_hash": "sha256:00"}])
        assert classes(repository.root) == "..."

    def test_a_hash_finds_the_text_wherever_it_is(self, repository):
        repository.commit(a__py=START)
        hashed = content_hash(AI.encode().split(b"\n")[:-1])
        self.trace(repository, "", [{"start_line": 1, "end_line": 3, "content_hash": hashed}], version="1.0")
        repository.write("a.py", START + MORE + AI)
        assert classes(repository.root) == "....AAA"
        repository.write("a.py", AI + START + AI)
        assert classes(repository.root) == "." * 8

    def test_the_reference_implementation_names_the_revision_before(self, repository):
        tip = repository.commit(a__py=MORE)
        repository.write("a.py", AI + MORE)
        self.trace(repository, tip, [{"start_line": 1, "end_line": 3}], version="1.0")
        assert classes(repository.root) == "....."
        assert any("only with a hash" in notice for notice in known(repository.root).notices)

    def test_a_file_of_traces_that_leads_out_is_not_read(self, repository, tmp_path):
        tip = repository.commit(a__py=AI)
        self.trace(repository, tip, [{"start_line": 1, "end_line": 3}])
        assert classes(repository.root) == "AAA"
        (repository.root / ".agent-trace").rename(tmp_path / "outside")
        (repository.root / ".agent-trace").symlink_to(tmp_path / "outside")
        assert classes(repository.root) == "..."
        assert any("leads out" in notice for notice in known(repository.root).notices)


def test_what_is_retained_of_a_record(repository):
    tip = repository.commit(a__py=AI)
    repository.note(tip, f"a.py\n  {KEY} 1-3\n")
    repository.write("a.py", "".join(AI.splitlines(keepends=True)[:2]))
    assert list(known(repository.root).retained.values()) == [pytest.approx(2 / 3)]
