"""Random histories in real git, in which every line carries a character of its own: what is an assistant's is known by
that character alone, and notes are written as Git AI would. Whatever is done to the history, no person's line is ever
called AI.
"""

import random

import pytest

from gifthorse.model.text import Text
from gifthorse.provenance.lines import LineClass
from gifthorse.workspace.authorship import authorship
from gifthorse.workspace.history import open_history
from gifthorse.workspace.root import Workspace

KEY = "s_c9883b05a2487d::t_9f8e7d6c5b4a32"
PIECES = ("}", "return", "x = 1", "end", "    pass", "value = compute(one, two)", "else:", "for one in other:")
SEEDS = range(14)


class Player:
    """One repository with one file. `writers` knows who wrote each line."""

    def __init__(self, repository, seed):
        self.random = random.Random(seed)
        self.repository = repository
        self.writers = {}
        self.write([self.line("H") for _ in range(5)])
        self.commit()

    def line(self, writer):
        made = f"{self.random.choice(PIECES)} {chr(0x4E00 + len(self.writers))}"
        self.writers[made] = writer
        return made

    def read(self):
        return (self.repository.root / "a.py").read_text(encoding="utf-8").splitlines()

    def write(self, lines):
        self.repository.write("a.py", "".join(f"{line}\n" for line in lines))

    def commit(self):
        git = self.repository.git
        before = set(git("show", "HEAD:a.py", check=False).splitlines())
        tip = self.repository.commit()
        mine = [n for n, line in enumerate(self.read(), 1) if line not in before and self.writers.get(line) == "A"]
        if mine or self.random.random() < 0.5:
            self.repository.note(tip, f"a.py\n  {KEY} {','.join(map(str, mine))}\n" if mine else "")

    def type(self, writers="AH"):
        lines = self.read()
        for _ in range(self.random.randrange(1, 4)):
            at = self.random.randrange(len(lines) + 1)
            if self.random.random() < 0.7:
                lines[at:at] = [self.line(self.random.choice(writers)) for _ in range(self.random.randrange(1, 4))]
            elif len(lines) > 2:
                del lines[at - 1]
        self.write(lines)

    def edit(self):
        self.type()
        self.commit()

    def amend(self):
        self.type("H")
        self.repository.git("commit", "-qa", "--amend", "-m", "amended")

    def squash(self):
        if self.behind(2):
            self.repository.git("reset", "-q", "--soft", "HEAD~2")
            self.repository.git("commit", "-q", "--allow-empty", "-m", "squashed")

    def reset(self):
        if self.behind(1):
            self.repository.git("reset", "-q", "--hard", "HEAD~1")

    def stash(self):
        self.type()
        self.repository.git("stash")
        self.repository.git("stash", "pop")
        self.commit()

    def behind(self, count):
        return int(self.repository.git("rev-list", "--count", "--first-parent", "HEAD")) > count + 1

    def join(self, *words):
        """A branch with an edit of its own meets the main one."""
        git = self.repository.git
        if not self.behind(1):
            return
        git("checkout", "-q", "-b", f"branch{self.repository.clock}", "HEAD~1")
        self.edit()
        git(*words, "main", check=False)
        for word in ("rebase", "cherry-pick", "merge"):
            git(word, "--abort", check=False)
        git("checkout", "-q", "-B", "main")

    def merge(self):
        self.join("merge", "-q", "-m", "merged", "-X", "ours")

    def rebase(self):
        self.join("rebase", "-q", "-X", "theirs")

    def pick(self):
        self.join("cherry-pick", "-X", "theirs")


@pytest.mark.parametrize("seed", SEEDS)
def test_no_persons_line_is_ever_called_ai(repository, tmp_path, monkeypatch, seed):
    monkeypatch.setenv("GIFTHORSE_STATE_DIR", str(tmp_path / "state"))
    player = Player(repository, seed)
    ways = (player.edit, player.edit, player.amend, player.squash, player.reset, player.stash)
    for _ in range(player.random.randrange(5, 12)):
        player.random.choice((*ways, player.merge, player.rebase, player.pick))()
    if player.random.random() < 0.5:
        player.type("H")
    content = (repository.root / "a.py").read_bytes()
    found = authorship(open_history(Workspace(repository.root, configured=False)), "a.py", Text.of(content))
    said = {line.content.decode(): line.kind for line in found.lines}
    assert {kind for line, kind in said.items() if player.writers[line] == "H"} <= {LineClass.UNKNOWN}
    ours = [line for line in said if player.writers[line] == "A"]
    lost = [line for line in ours if said[line] is not LineClass.AI]
    assert all(len(line.replace(" ", "")) < 16 for line in lost), lost  # Too short to be told from its like.
