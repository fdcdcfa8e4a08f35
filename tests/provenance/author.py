"""An author at work: people, assistants, agents, formatters and git, played by chance, with who wrote every character.

The independent model: each document is a list of (character, writer) and nothing else. It shares nothing with the
product; it writes steps of an editing session (docs/provenance.md) as plain data. Every line, and every piece that is
written into a line, has a character in it that occurs nowhere else, so that nothing can be mistaken for it by right.
"""

import hashlib
import itertools
import random
from dataclasses import dataclass, field

PERSON, TOOL = "person", "tool"
WORDS = [
    "value",
    "result",
    "data",
    "path",
    "load",
    "save",
    "check",
    "item",
    "index",
    "config",
    "user",
    "name",
    "total",
    "key",
]
SHAPES = (
    "{0}{u} = {1}({2}, '{3}')",
    "return {0}{u}.{1}({2})",
    "if {0} is not {1}{u}:",
    "# {0} {1} {u} {2}",
    "{0}.{1}({2}, {3}={u})",
    "def {0}_{u}({1}, {2}):",
    "for {0}{u} in {1}.{2}():",
    "raise {0}('{1} {u}', {2})",
)
LONG = 2400
"""Characters from which more is deleted than written."""


def cells_of(text, writer):
    """A text by one writer."""
    return [(character, writer) for character in text]


def text_of(cells):
    """What a document says."""
    return "".join([character for character, _ in cells])


def runs_of(cells):
    """Who wrote it, as [[count, writer], ...]."""
    runs = []
    for _, writer in cells:
        if runs and runs[-1][1] == writer:
            runs[-1][0] += 1
        else:
            runs.append([1, writer])
    return runs


def place_in(text, at):
    """The protocol's position of a character: line and UTF-16 units."""
    start = text.rfind("\n", 0, at) + 1
    units = sum(2 if ord(character) > 0xFFFF else 1 for character in text[start:at])
    return {"line": text.count("\n", 0, at), "character": units}


def range_in(text, start, end):
    """The protocol's range of some characters."""
    return {"start": place_in(text, start), "end": place_in(text, end)}


def spans_by(cells, writer):
    """The stretches of one writer."""
    result = []
    for at, (_, by) in enumerate(cells):
        if by == writer:
            if result and result[-1][1] == at:
                result[-1][1] = at + 1
            else:
                result.append([at, at + 1])
    return result


def trimmed(old, new):
    """The one replacement (start, end, cells) that makes `new` of `old`, its common start and end left out."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    tail = 0
    while tail < min(len(old), len(new)) - start and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return start, len(old) - tail, new[start : len(new) - tail]


def trimmed_by_lines(old, new):
    """The same in whole lines, as editors read a file again."""
    before, after = [old[a:b] for a, b in line_spans(old)], [new[a:b] for a, b in line_spans(new)]
    start, end, lines = trimmed(before, after)
    return sum(map(len, before[:start])), sum(map(len, before[:end])), list(itertools.chain(*lines))


@dataclass
class Page:
    """An open document: its characters, and what undo and redo would make of them: (characters, edits)."""

    cells: list
    done: list = field(default_factory=list)
    undone: list = field(default_factory=list)
    dirty: bool = False
    newline: str = "\n"


class Author:
    """Everything that is going on. `steps` grows with every act; a seed always makes the same."""

    def __init__(self, seed, acts=None, styles=None):
        self.chance = random.Random(seed)
        self.steps = []
        self.pages, self.disk, self.commits = {}, {}, []
        self.shelf = None
        self.clipboard = []
        self.insertions = self.letters = self.files = 0
        self.acts, self.styles = acts or ACTS, styles or (indented, spaced, quoted)
        self.strokes = (1, 1, 2, 0)
        self.new_file()

    # -- what is written

    def letter(self):
        """A character that was never used before; sometimes one that takes two UTF-16 units."""
        self.letters += 1
        return chr((0x20000 if self.letters % 11 == 0 else 0x4E00) + self.letters % 0x4F00)

    def insertion(self):
        self.insertions += 1
        return f"a{self.insertions}"

    def line(self, depth=None):
        words = self.chance.sample(WORDS, 4)
        depth = self.chance.choice((0, 1, 1, 2)) if depth is None else depth
        return "    " * depth + self.chance.choice(SHAPES).format(*words, u=self.letter())

    def lines(self, most=6):
        return "\n".join(self.line() for _ in range(self.chance.randint(1, most)))

    def piece(self):
        """A few words within a line. Where it begins and ends can be told, whatever stands beside it."""
        words = [self.chance.choice(WORDS) for _ in range(self.chance.randint(1, 3))]
        return self.letter() + self.chance.choice((" ", ", ", ".", "")).join(words) + self.letter()

    def suggestion(self, cells, at, most=6):
        """What an assistant suggests there: whole lines at the start of a line, else something within it."""
        if at == 0 or cells[at - 1][0] == "\n":
            return self.lines(most) + "\n"
        return self.letter() + self.lines(most) + self.letter() if self.chance.random() < 0.5 else self.piece()

    # -- steps

    def step(self, step, document="", **more):
        self.steps.append({"step": step, "document": document, **more})

    def replacements(self, cells, edits):
        """The protocol's changes for edits (start, end, cells), each over what the one before it left."""
        cells, result = list(cells), []
        for start, end, new in edits:
            text = text_of(cells)
            whole = (start, end) == (0, len(cells)) and len(edits) == 1 and self.chance.random() < 0.5
            change = {"text": text_of(new), "by": runs_of(new)}
            if all(writer == PERSON for _, writer in new):
                del change["by"]
            if not whole:
                change["range"] = range_in(text, start, end)
            result.append(change)
            cells[start:end] = new
        return result, cells

    def change(self, name, kind, *edits):
        """Edits in one message; nothing about undo."""
        page = self.pages[name]
        changes, page.cells = self.replacements(page.cells, edits)
        page.dirty = True
        self.step("change", name, kind=kind, changes=changes)

    def act(self, name, kind, *edits):
        """Edits that can be undone together."""
        self.remember(name, edits)
        self.change(name, kind, *edits)

    def remember(self, name, edits):
        page = self.pages[name]
        page.done.append((list(page.cells), inverse(page.cells, edits)))
        page.undone = []

    def write(self, name, kind, *edits):
        """A change on disk."""
        changes, cells = self.replacements(self.disk[name], edits)
        self.disk[name] = cells
        self.step("write", name, kind=kind, changes=changes)

    # -- places

    def open_name(self):
        return self.chance.choice(sorted(self.pages)) if self.pages else self.open_again()

    def place(self, cells):
        """Any place, more often one in or beside an assistant's text."""
        if self.chance.random() < 0.5:
            of_assistants = [at for at, (_, writer) in enumerate(cells) if writer not in (PERSON, TOOL)]
            if of_assistants:
                return min(len(cells), self.chance.choice(of_assistants) + self.chance.randint(0, 1))
        return self.chance.randint(0, len(cells))

    def stretch(self, cells, most=40):
        start = self.place(cells)
        return start, min(len(cells), start + self.chance.randint(1, most))

    def line_starts(self, cells):
        return [0, *(at + 1 for at, (character, _) in enumerate(cells) if character == "\n" and at + 1 < len(cells))]

    def whole_lines(self, cells, most=4):
        """Some whole lines: (start, end)."""
        starts = [*self.line_starts(cells), len(cells)]
        first = self.chance.randrange(max(1, len(starts) - 1))
        last = min(len(starts) - 1, first + self.chance.randint(1, most))
        return starts[first], starts[last]

    # -- acts of a person

    def type(self):
        name = self.open_name()
        at = self.place(self.pages[name].cells)
        at_start = at == 0 or self.pages[name].cells[at - 1][0] == "\n"
        text = self.line() + "\n" if at_start and self.chance.random() < 0.7 else self.piece()
        size = self.chance.choice(self.strokes) or len(text)
        self.remember(name, [(at, at, cells_of(text, PERSON))])
        for start in range(0, len(text), size):
            self.change(name, "type", (at + start, at + start, cells_of(text[start : start + size], PERSON)))

    def delete(self):
        name = self.open_name()
        cells = self.pages[name].cells
        start, end = self.whole_lines(cells) if self.chance.random() < 0.4 else self.stretch(cells)
        if start < end:
            self.act(name, "delete", (start, end, []))

    def backspace(self):
        name = self.open_name()
        at = self.place(self.pages[name].cells)
        edits = [(here - 1, here, []) for here in range(at, max(0, at - self.chance.randint(1, 8)), -1)]
        if edits:
            self.remember(name, edits)
            for edit in edits:
                self.change(name, "delete", edit)

    def write_over(self):
        name = self.open_name()
        start, end = self.stretch(self.pages[name].cells, 20)
        self.act(name, "type", (start, end, cells_of(self.piece(), PERSON)))

    def several_cursors(self):
        name = self.open_name()
        cells, text = self.pages[name].cells, self.piece()
        places = sorted({self.place(cells) for _ in range(3)}, reverse=True)
        self.act(name, "several cursors", *((at, at, cells_of(text, PERSON)) for at in places))

    def snippet(self):
        """A word gives way to a template, which the person then fills in."""
        name = self.open_name()
        at = self.place(self.pages[name].cells)
        word = self.chance.choice(WORDS)[:3]
        self.act(name, "type", (at, at, cells_of(word, PERSON)))
        self.act(name, "snippet", (at, at + 3, cells_of(f"{self.line(0)}\n{self.line(1)}\n", PERSON)))

    def rename_symbol(self):
        """One word gives way to another wherever it stands, in one message."""
        name = self.open_name()
        cells, word = self.pages[name].cells, self.chance.choice(WORDS)
        text, places = text_of(cells), []
        new = cells_of(self.letter() + self.chance.choice(WORDS) + self.letter(), PERSON)
        at = text.find(word)
        while at >= 0:
            places.append(at)
            at = text.find(word, at + len(word))
        if places:
            self.act(name, "rename symbol", *((at, at + len(word), new) for at in reversed(places)))

    # -- moves and copies

    def move_lines(self):
        """Lines go up or down in one message, as an editor does it."""
        name = self.open_name()
        cells = self.pages[name].cells
        start, end = self.whole_lines(cells)
        moved = cells[start:end]
        if not moved or moved[-1][0] != "\n":
            return
        goal = self.chance.choice(self.line_starts(cells))
        if goal <= start:
            self.act(name, "move", (goal, goal, moved), (end, end + len(moved), []))
        elif goal >= end:
            self.act(name, "move", (start, end, []), (goal - len(moved), goal - len(moved), moved))

    def cut_and_paste(self):
        self.take(cut=True)

    def copy_and_paste(self):
        self.take(cut=False)

    def take(self, *, cut):
        name = self.open_name()
        cells = self.pages[name].cells
        start, end = self.whole_lines(cells) if self.chance.random() < 0.7 else self.stretch(cells, 60)
        if start == end:
            return
        self.clipboard = cells[start:end]
        if cut:
            self.act(name, "cut", (start, end, []))
        there = self.open_name()
        target = self.pages[there].cells
        at = self.chance.choice(self.line_starts(target)) if self.chance.random() < 0.7 else self.place(target)
        self.act(there, "move" if cut else "copy", (at, at, self.clipboard))

    # -- undo and redo

    def undo(self):
        name = self.open_name()
        for _ in range(self.chance.randint(1, 3)):
            self.travel(name, self.pages[name].done, self.pages[name].undone, "undo")

    def redo(self):
        name = self.open_name()
        for _ in range(self.chance.randint(1, 3)):
            self.travel(name, self.pages[name].undone, self.pages[name].done, "redo")

    def travel(self, name, source, target, kind):
        """Back to what there was, in the inverse edits or, where they hang together, in one."""
        if not source:
            return
        page = self.pages[name]
        cells, edits = source.pop()
        target.append((list(page.cells), inverse(page.cells, edits)))
        together = all(len(new) <= 1 and end - start <= 1 for start, end, new in edits)
        if together and self.chance.random() < 0.6:
            edits = [trimmed(page.cells, cells)]
        self.change(name, kind, *edits)
        page.cells = list(cells)

    # -- assistants

    def accept(self):
        """A suggestion is accepted, perhaps over some text; the report may come a few keystrokes late."""
        name, who = self.open_name(), self.insertion()
        cells = self.pages[name].cells
        start = end = self.place(cells)
        if self.chance.random() < 0.3:
            end = min(len(cells), start + self.chance.randint(1, 12))
        text = self.suggestion(cells, start)
        self.act(name, "accept", (start, end, cells_of(text, who)))
        where = [range_in(text_of(self.pages[name].cells), start, start + len(text))]
        back = self.chance.choice((0, 0, 1, 3))
        at = self.place(self.pages[name].cells)
        for number, letter in enumerate([self.letter(), "x", "y"][:back]):
            self.act(name, "type", (at + number, at + number, cells_of(letter, PERSON)))
        self.claim(name, who, "inline-completion", where, back)

    def accept_silently(self):
        """A suggestion is accepted after some typing, and nobody tells."""
        name, who = self.open_name(), self.insertion()
        cells = self.pages[name].cells
        ends = [start - 1 for start in self.line_starts(cells)[1:]] or [len(cells)]
        at, words = self.chance.choice(ends), self.piece()
        if self.chance.random() < 0.2:
            words = ""
        for number, letter in enumerate(words):
            self.act(name, "type", (at + number, at + number, cells_of(letter, PERSON)))
        text = self.letter() + "\n".join(["", *(self.line() for _ in range(self.chance.randint(0, 5)))])
        text += "\n" if self.chance.random() < 0.1 else ""
        self.act(name, "silent", (at + len(words), at + len(words), cells_of(text, who)))
        self.step("silent", name, insertion=who)

    def paste(self):
        """A person pastes what they took from elsewhere; some clients say that it was a paste."""
        name = self.open_name()
        cells = self.pages[name].cells
        at = self.chance.choice(self.line_starts(cells))
        text = "".join(self.line() + "\n" for _ in range(self.chance.randint(1, 8)))
        if self.chance.random() < 0.3:
            word = self.piece()
            for number, letter in enumerate(word):
                self.act(name, "type", (at + number, at + number, cells_of(letter, PERSON)))
            at += len(word)
            text = text[:-1] if self.chance.random() < 0.4 else text
        self.act(name, "paste", (at, at, cells_of(text, PERSON)))
        if self.chance.random() < 0.5:
            where = [range_in(text_of(self.pages[name].cells), at, at + len(text))]
            self.step("claim", name, insertion="", source="paste", ranges=where, kind="paste", evidence="inferred")

    def claim(self, name, who, source, ranges, back=0, **more):
        kinds = {"kind": source, **more}
        self.step("claim", name, insertion=who, source=source, ranges=ranges, back=back, **kinds)

    def accept_in_parts(self):
        name, who = self.open_name(), self.insertion()
        cells = self.pages[name].cells
        at = self.place(cells)
        text = self.suggestion(cells, at, 2)
        cuts = sorted({0, len(text), *(self.chance.randrange(len(text)) for _ in range(2))})
        for start, end in itertools.pairwise(cuts):
            self.act(name, "partial", (at + start, at + start, cells_of(text[start:end], who)))
            ranges = [range_in(text_of(self.pages[name].cells), at + start, at + end)]
            self.claim(name, who, "partial", ranges)

    def next_edit(self):
        """An assistant rewrites some lines and keeps part of them; the whole of them is reported."""
        name, who = self.open_name(), self.insertion()
        cells = self.pages[name].cells
        start, end = self.whole_lines(cells)
        new = self.rewritten(cells[start:end], who)
        self.act(name, "next-edit", (start, end, new))
        self.claim(name, who, "next-edit", [range_in(text_of(self.pages[name].cells), start, start + len(new))])

    def rewritten(self, cells, who):
        """Some lines as `who` leaves them: lines go, come, and get words inside."""
        result = []
        for start, end in line_spans(cells):
            line = cells[start:end]
            what = self.chance.random()
            if what < 0.2:
                continue
            if what < 0.5:
                result += cells_of(self.line() + "\n", who)
            if what < 0.75:
                at = self.chance.choice(between_words(line))
                line = [*line[:at], *cells_of(f" {self.piece()} ", who), *line[at:]]
            result += line
        return result

    def agent(self):
        """An agent rewrites a file on disk, open or not, and its hook tells."""
        name, who = self.chance.choice(sorted(self.disk)), self.insertion()
        if name in self.pages and self.pages[name].dirty:
            self.save_it(name)
        old = list(self.disk[name])
        start, end = self.whole_lines(old, 8)
        new = self.rewritten(old[start:end], who) or cells_of(self.line() + "\n", who)
        hook = {
            "insertion": who,
            "before": digest(old),
            "edits": [{"old": text_of(old[start:end]), "new": text_of(new)}],
        }
        self.write(name, "agent", (start, end, new))
        hook["after"] = digest(self.disk[name])
        first = self.chance.random() < 0.3
        if first:
            self.step("hook", name, **hook)
        if name in self.pages:
            self.reload(name, "agent")
        if not first:
            self.step("hook", name, **hook)

    # -- tools, files and git

    def format(self):
        name = self.open_name()
        page = self.pages[name]
        style = self.chance.choice(self.styles)
        new, edits = [], []
        for start, end in reversed(line_spans(page.cells)):
            line = page.cells[start:end]
            changed = style(line, self.chance)
            if text_of(changed) != text_of(line):
                edits.append((start, end, changed))
            new = changed + new
        if edits:
            how = self.chance.random()
            self.act(name, "format", *(edits if how < 0.5 else [(0, len(page.cells), new)]))

    def pause(self):
        self.step("pause")

    def save(self):
        self.save_it(self.open_name())

    def save_it(self, name):
        self.disk[name] = list(self.pages[name].cells)
        self.pages[name].dirty = False
        self.step("save", name)

    def close(self):
        if len(self.pages) < 2:
            return
        name = self.open_name()
        if self.pages[name].dirty:
            self.save_it(name)
        del self.pages[name]
        self.step("close", name)

    def open_again(self):
        closed = sorted(set(self.disk) - set(self.pages))
        if not closed:
            return self.new_file()
        name = self.chance.choice(closed)
        self.pages[name] = Page(list(self.disk[name]))
        self.step("open", name)
        return name

    def new_file(self):
        self.files += 1
        name = f"file{self.files}.py"
        cells = cells_of("".join(self.line() + "\n" for _ in range(self.chance.randint(3, 8))), PERSON)
        self.pages[name], self.disk[name] = Page(cells), list(cells)
        self.step("open", name, text=text_of(cells), by=runs_of(cells))
        return name

    def more_files(self):
        if len(self.disk) < 3:
            self.new_file()
        else:
            self.open_again()

    def rename(self):
        name = self.chance.choice(sorted(self.disk))
        self.files += 1
        new = f"file{self.files}.py"
        self.disk[new] = self.disk.pop(name)
        if name in self.pages:
            self.pages[new] = self.pages.pop(name)
            self.pages[new].done, self.pages[new].undone = [], []
        for commit in self.commits:
            if name in commit:
                commit[new] = commit.pop(name)
        self.step("rename", name, to=new)

    def rewrite_outside(self):
        """Somebody's program changes a file: an open one is read again by its editor."""
        name = self.chance.choice(sorted(self.disk))
        if name in self.pages and self.pages[name].dirty:
            return
        self.put_on_disk(name, self.edited_lines(self.disk[name]), "rewrite")

    def edited_lines(self, cells):
        """A text with a person's lines put in, taken out and changed."""
        result = []
        for start, end in line_spans(cells):
            what = self.chance.random()
            line = cells[start:end]
            if what < 0.08:
                continue
            if what < 0.2:
                result += cells_of(self.line() + "\n", PERSON)
            if 0.2 < what < 0.3:
                at = self.chance.randrange(len(line))
                line = [*line[:at], *cells_of(self.piece(), PERSON), *line[at:]]
            result += line
        return result

    def put_on_disk(self, name, cells, kind):
        old = self.disk[name]
        if cells != old:
            self.write(name, kind, trimmed(old, cells))
            self.disk[name] = list(cells)
            if name in self.pages:
                self.reload(name, kind)

    def reload(self, name, kind):
        """The editor takes over what is on disk, all at once or as little as possible."""
        page, cells = self.pages[name], self.disk[name]
        whole = (0, len(page.cells), list(cells))
        self.change(name, kind, whole if self.chance.random() < 0.5 else trimmed_by_lines(page.cells, cells))
        self.pages[name] = Page(list(cells))

    def revert(self):
        """What was not saved is given up."""
        dirty = [name for name in sorted(self.pages) if self.pages[name].dirty]
        if dirty:
            self.reload(self.chance.choice(dirty), "revert")

    def crash(self):
        for page in self.pages.values():
            page.done, page.undone = [], []
        self.step("crash")

    def save_all(self):
        for name in sorted(self.pages):
            if self.pages[name].dirty:
                self.save_it(name)

    def commit(self):
        self.save_all()
        self.commits.append({name: list(cells) for name, cells in self.disk.items()})
        self.step("git", kind="commit")

    def amend(self):
        if self.commits:
            self.save_all()
            self.commits[-1] = {name: list(cells) for name, cells in self.disk.items()}
            self.step("git", kind="amend")

    def squash(self):
        if len(self.commits) > 1:
            self.commits[-2:] = [self.commits[-1]]
            self.step("git", kind="squash")

    def rebase(self):
        """The present state on top of somebody's new lines."""
        self.save_all()
        for name in sorted(self.disk):
            cells = self.disk[name]
            at = self.chance.choice(self.line_starts(cells))
            new = cells_of("".join(self.line() + "\n" for _ in range(self.chance.randint(1, 5))), PERSON)
            self.put_on_disk(name, [*cells[:at], *new, *cells[at:]], "rebase")

    def switch(self):
        """Another commit is checked out, and after a while the old state again."""
        if not self.commits:
            return
        self.save_all()
        here = {name: list(cells) for name, cells in self.disk.items()}
        self.check_out(self.chance.choice(self.commits), "switch")
        self.check_out(here, "switch")

    def check_out(self, tree, kind):
        for name in sorted(self.disk):
            if name in tree:
                self.put_on_disk(name, tree[name], kind)

    def stash(self):
        """What was changed since the last commit goes away, and comes back later."""
        if self.shelf is not None:
            here, base = self.shelf
            self.shelf = None
            self.save_all()
            if all(text_of(self.disk.get(name, [])) == text_of(cells) for name, cells in base.items()):
                self.check_out(here, "stash")
        elif self.commits:
            self.save_all()
            here = {name: list(cells) for name, cells in self.disk.items()}
            self.check_out(self.commits[-1], "stash")
            self.shelf = here, {name: list(cells) for name, cells in self.disk.items()}

    def merge(self):
        """Somebody's lines conflict with those here: git writes both, and a person keeps one or both."""
        self.save_all()
        name = self.chance.choice(sorted(self.disk))
        cells = self.disk[name]
        start, end = self.whole_lines(cells, 3)
        ours = cells[start:end]
        if not ours or ours[-1][0] != "\n":
            return
        theirs = cells_of("".join(self.line() + "\n" for _ in range(2)), PERSON)
        marks = [cells_of(mark, TOOL) for mark in ("<<<<<<< HEAD\n", "=======\n", ">>>>>>> theirs\n")]
        both = [*marks[0], *ours, *marks[1], *theirs, *marks[2]]
        self.put_on_disk(name, [*cells[:start], *both, *cells[end:]], "merge")
        if name in self.pages:
            kept = self.chance.choice((ours, theirs, [*ours, *theirs]))
            self.act(name, "resolve", (start, start + len(both), kept))

    # -- all of it

    def act_by_chance(self):
        name = self.open_name()
        if len(self.pages[name].cells) > LONG:
            start, end = self.whole_lines(self.pages[name].cells, 20)
            self.act(name, "delete", (start, end, []))
            return
        names, weights = zip(*self.acts.items(), strict=True)
        getattr(self, self.chance.choices(names, weights)[0])()

    def play(self, count):
        """At least `count` steps."""
        while len(self.steps) < count:
            self.act_by_chance()
        return self.steps

    def act_often(self, count):
        """So many acts."""
        for _ in range(count):
            self.act_by_chance()
        return self.steps


ACTS = {
    "type": 14,
    "delete": 6,
    "backspace": 4,
    "write_over": 4,
    "several_cursors": 2,
    "snippet": 1,
    "rename_symbol": 1,
    "move_lines": 4,
    "cut_and_paste": 4,
    "copy_and_paste": 3,
    "undo": 8,
    "redo": 5,
    "accept": 10,
    "accept_in_parts": 3,
    "next_edit": 4,
    "agent": 4,
    "format": 5,
    "save": 3,
    "pause": 6,
    "close": 2,
    "open_again": 2,
    "more_files": 1,
    "rename": 1,
    "rewrite_outside": 3,
    "revert": 1,
    "crash": 1,
    "commit": 2,
    "amend": 1,
    "squash": 1,
    "rebase": 1,
    "switch": 1,
    "stash": 1,
    "merge": 1,
}
"""How often each act happens, as weights."""


def inverse(cells, edits):
    """The edits that take `edits` back, in the order in which they have to be made."""
    cells, result = list(cells), []
    for start, end, new in edits:
        result.insert(0, (start, start + len(new), cells[start:end]))
        cells[start:end] = new
    return result


def line_spans(cells):
    """(start, end) of every line, with its end."""
    ends = [at + 1 for at, (character, _) in enumerate(cells) if character == "\n"]
    if not ends or ends[-1] != len(cells):
        ends.append(len(cells))
    return [span for span in zip([0, *ends], ends, strict=False) if span[0] < span[1]]


def between_words(line):
    """The places in a line that cut no word in two."""
    text = text_of(line)
    joined = {
        at for at in range(1, len(text)) if text[at - 1 : at + 1].isidentifier() or text[at - 1 : at + 1].isalnum()
    }
    return [at for at in range(len(text)) if at not in joined]


def digest(cells):
    """SHA-256 of a text, in hex."""
    return hashlib.sha256(text_of(cells).encode()).hexdigest()


# -- formatters: one line in, one or more out. What they put in is a tool's.


def indented(line, chance):
    rest = next((at for at, (character, _) in enumerate(line) if character not in " \t"), len(line))
    return [*cells_of(chance.choice(("\t", "  ", "    ", "        ")), TOOL), *line[rest:]] if rest else line


def spaced(line, _):
    result = []
    for at, (character, writer) in enumerate(line):
        if character == " " and at and line[at - 1][0] in "=,":
            continue
        if character == " " and at + 1 < len(line) and line[at + 1][0] == "=":
            continue
        result.append((character, writer))
    return result


def quoted(line, _):
    return [('"', TOOL) if character == "'" else (character, writer) for character, writer in line]


def wrapped(line, _):
    text = text_of(line)
    first, last = text.find("("), text.rfind(")")
    if first < 0 or last < first + 2 or ", " not in text[first:last]:
        return line
    comma = text.index(", ", first)
    pad, end = cells_of("\n        ", TOOL), cells_of(",\n    ", TOOL)
    return [*line[: first + 1], *pad, *line[first + 1 : comma + 1], *pad, *line[comma + 2 : last], *end, *line[last:]]
