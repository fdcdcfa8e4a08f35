"""What one work tree knows of a text is known where it is checked out again."""

import hashlib

import pytest

from gifthorse.model.event import Inserted
from gifthorse.model.insertion import Evidence, Insertion, Origin
from gifthorse.model.text import Span, Text
from gifthorse.provenance.holdings import add, empty
from gifthorse.workspace.root import Workspace

START = "def start():\n    return first_things_first()\n"
AI = "def fetch_everything(url, timeout):\n    answer = open_connection(url, timeout)\n    return answer.read()\n"


@pytest.fixture
def told(repository, tmp_path, monkeypatch):
    """A commit whose last three lines are known to be an assistant's, and a second work tree with it."""
    monkeypatch.setenv("GIFTHORSE_STATE_DIR", str(tmp_path / "state"))
    repository.commit(**{"a.py": START + AI})
    text = Text.of(START + AI)
    digest = hashlib.sha256(AI.encode()).hexdigest()
    insertion = Insertion("r", Origin("copilot", "chat"), Evidence.REPORTED, "2026-01-01T00:00:00Z", digest, None, 90)
    workspace = Workspace(repository.root, configured=False)
    workspace.journal.append(Inserted("a.py", insertion))
    workspace.remember("a.py", text, add(empty(), text, insertion, [Span(len(START), len(START + AI))]))
    workspace.close()
    repository.git("worktree", "add", "-q", "-b", "other", str(tmp_path / "other"))
    return repository


def shown(root, content):
    text = Text.of(content)
    return [
        text.slice(span).decode()
        for region in Workspace(root, configured=False).regions("a.py", text)
        for span in region.spans
    ]


def test_a_second_work_tree_knows_it(told, tmp_path):
    assert shown(tmp_path / "other", START + AI) == [AI]
    assert shown(tmp_path / "other", "import os\n" + START + AI) == [AI]
    assert shown(tmp_path / "other", START) == []


def test_and_so_does_the_first_one_of_the_second(told, tmp_path):
    text = Text.of("# more\n" + START + AI)
    second = Workspace(tmp_path / "other", configured=False)
    second.remember("b.py", text, second.adopted("a.py", text))
    second.close()
    first = Workspace(told.root, configured=False)
    assert [region.id for region in first.regions("b.py", text)] == ["r"]


def test_its_own_word_counts_more(told, tmp_path):
    text = Text.of(START + AI)
    workspace = Workspace(tmp_path / "other", configured=False)
    assert workspace.regions("a.py", text)
    known = workspace.adopted("a.py", text)
    workspace.remember("a.py", text, known)
    workspace.remember("a.py", text, empty())
    workspace.close()
    assert shown(tmp_path / "other", START + AI) == []
