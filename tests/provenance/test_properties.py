"""Sessions of editing, generated: what Regions hold against a model that knows who wrote every character.

Every written character is another one, so that nothing can be mistaken for something else by right.
"""

import itertools

from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from play import insertion
from slow_model import WORDS, Truth, trimmed

from gifthorse.model.text import Edit, Span, Text
from gifthorse.provenance.anchor import anchors, reattach
from gifthorse.provenance.diff import outside_change
from gifthorse.provenance.follow import add, carry, empty
from gifthorse.provenance.substance import substance

SHAPES = st.lists(
    st.sampled_from(["word", "w", " ", "\n", "\n    ", "(", "w, w", ") ", "word word word"]), min_size=1, max_size=6
)
PLACES = st.integers(0, 10_000)
BLANKS = st.lists(st.sampled_from([" ", "  ", "\n", "\n\n    ", "\t"]), min_size=1, max_size=5)


class Editing(RuleBasedStateMachine):
    """One document, its Holdings, and the truth about it."""

    def __init__(self):
        super().__init__()
        self.truth, self.text, self.holdings = Truth(), Text.of(b""), empty()
        self.numbers, self.letters = itertools.count(1), itertools.count(0x4E00)
        self.undone, self.done = [], []
        self.complete = True
        self.forfeited = set()

    def words(self, shape):
        """Text of a drawn shape in letters that were never used before."""
        return "".join(chr(next(self.letters)) if letter in "word" else letter for piece in shape for letter in piece)

    def between(self, one, other):
        low, high = sorted((one % (len(self.truth.text) + 1), other % (len(self.truth.text) + 1)))
        return low, high

    def send(self, *edits):
        """Edits as (start, end, text) in characters, each over the text after the one before."""
        before, steps, content = self.text, [], bytes(self.text).decode()
        for start, end, new in edits:
            span = Span(len(content[:start].encode()), len(content[:end].encode()))
            steps.append(Edit(span, new.encode()))
            content = content[:start] + new + content[end:]
            self.text = self.text.apply(steps[-1])
        note(f"{steps}")
        self.holdings = carry(self.holdings, before, steps, self.text)

    def remember(self, *edits):
        """What takes `edits` back: the characters of now, and the inverse edits."""
        content, inverse = self.truth.text, []
        for start, end, new in edits:
            inverse.insert(0, (start, start + len(new), content[start:end]))
            content = content[:start] + new + content[end:]
        return list(self.truth.characters), inverse

    def act(self, *edits, owner=None):
        """Something that can be undone."""
        self.done.append(self.remember(*edits))
        self.undone = []
        self.send(*edits)
        for start, end, new in edits:
            self.truth.replace(start, end, new, owner)

    @initialize(shape=SHAPES)
    def begin(self, shape):
        self.act((0, 0, self.words(shape) + "\n"))

    @rule(place=PLACES, shape=SHAPES)
    def write(self, place, shape):
        start, _ = self.between(place, place)
        self.act((start, start, self.words(shape)))

    @rule(one=PLACES, length=st.integers(1, 12))
    def delete(self, one, length):
        start, _ = self.between(one, one)
        self.act((start, min(start + length, len(self.truth.text)), ""))

    @rule(one=PLACES, length=st.integers(2, 12))
    def backspace(self, one, length):
        """Several messages that an editor undoes as one."""
        start, _ = self.between(one, one)
        edits = [(at - 1, at, "") for at in range(start, max(0, start - length), -1)]
        if edits:
            self.done.append(self.remember(*edits))
            self.undone = []
        for edit in edits:
            self.send(edit)
            self.truth.replace(*edit)

    @rule(one=PLACES, other=PLACES, shape=SHAPES)
    def write_over(self, one, other, shape):
        self.act((*self.between(one, other), self.words(shape)))

    @rule(one=PLACES, length=st.integers(0, 6), shape=SHAPES)
    def accept(self, one, length, shape):
        start, _ = self.between(one, one)
        owner, new = f"r{next(self.numbers)}", self.words(["w", *shape])
        self.act((start, min(start + length, len(self.truth.text)), new), owner=owner)
        first = len(self.truth.text[:start].encode())
        self.holdings = add(
            self.holdings, self.text, insertion(owner, new.encode()), [Span(first, first + len(new.encode()))]
        )

    @rule(places=st.lists(PLACES, min_size=2, max_size=4), shape=SHAPES)
    def write_in_several_places(self, places, shape):
        starts = sorted({place % (len(self.truth.text) + 1) for place in places}, reverse=True)
        self.act(*((start, start, self.words(shape)) for start in starts))

    @rule(blanks=BLANKS)
    def format_by_whole_document(self, blanks):
        new = "".join(word + blanks[number % len(blanks)] for number, word in enumerate(WORDS.findall(self.truth.text)))
        self.done.append(self.remember((0, len(self.truth.text), new)))
        self.undone = []
        self.send((0, len(self.truth.text), new))
        self.truth.reformat(new)

    @rule(place=PLACES, goal=PLACES)
    def move_a_line(self, place, goal):
        lines = self.truth.text.splitlines(keepends=True)
        if len(lines) < 2:
            return
        number = place % len(lines)
        start = len("".join(lines[:number]))
        end = start + len(lines[number])
        moved = self.truth.characters[start:end]
        at = len("".join(lines[: goal % len(lines)]))
        if at <= start:
            edits = [(at, at, lines[number]), (end, end + end - start, "")]
        else:
            at -= end - start
            edits = [(start, end, ""), (at, at, lines[number])]
        self.act(*edits)
        self.truth.characters[at : at + len(moved)] = moved

    @precondition(lambda self: self.done)
    @rule(merged=st.booleans())
    def undo(self, merged):
        self.travel(self.done, self.undone, merged=merged)

    @precondition(lambda self: self.undone)
    @rule(merged=st.booleans())
    def redo(self, merged):
        self.travel(self.undone, self.done, merged=merged)

    @precondition(lambda self: len(self.done) >= 3)
    @rule(steps=st.integers(2, 3))
    def undo_several_at_once(self, steps):
        self.complete = False
        self.travel(self.done, self.undone, steps, merged=True)

    def travel(self, source, target, steps=1, *, merged):
        """Undo or redo, in one message: of the inverse edits, or of one replacement where those hang together."""
        for _ in range(steps):
            characters, inverse = source.pop()
            target.append(self.remember(*inverse))
            self.truth.characters = characters
        one = trimmed(bytes(self.text).decode(), self.truth.text)
        together = steps > 1 or all(len(new) == 1 for _, _, new in inverse)
        edits = [one] if merged and together else inverse
        if any(len(new.split()) == 1 and len(new.strip()) == 1 for _, _, new in edits):
            # Keystrokes may be a person's: what they put back is unknown from then on.
            self.forfeited.update(character for _, _, new in edits for character in new)
        self.send(*edits)

    @rule(shape=SHAPES)
    def rewrite_outside(self, shape):
        self.complete = False
        lines = self.truth.text.splitlines(keepends=True)
        number = len(lines) // 2
        at = len("".join(lines[:number]))
        self.truth.replace(at, at, self.words(shape))
        after = Text.of(self.truth.text)
        self.holdings = carry(self.holdings, self.text, outside_change(self.text, after), after)
        self.text, self.done, self.undone = after, [], []

    @rule()
    def close_and_open_again(self):
        self.holdings = reattach(anchors(self.holdings, self.text), self.text)
        self.done, self.undone = [], []

    @rule(shape=SHAPES)
    def close_rewrite_and_open_again(self, shape):
        self.complete = False
        kept = anchors(self.holdings, self.text)
        self.truth.replace(0, 0, self.words(shape) + "\n")
        self.text = Text.of(self.truth.text)
        self.holdings, self.done, self.undone = reattach(kept, self.text), [], []

    @invariant()
    def a_persons_characters_are_in_no_region(self):
        assert bytes(self.text).decode() == self.truth.text
        owners = {character: owner for character, owner in self.truth.characters if ord(character) > 127}
        for region in self.holdings.regions():
            for span in region.spans:
                for character in self.text.slice(span).decode():
                    assert ord(character) <= 127 or owners[character] == region.id

    @invariant()
    def no_assistants_character_is_lost(self):
        if self.complete:
            held = {
                region.id: letters(b"".join(self.text.slice(span) for span in region.spans).decode())
                for region in self.holdings.regions()
            }
            truth = {owner: letters(characters) for owner, characters in self.truth.owned().items()}
            assert self.kept(held) == self.kept(truth)

    def kept(self, owned):
        """What each owner has but for forfeited characters; those without any are left out."""
        rest = {owner: [letter for letter in found if letter not in self.forfeited] for owner, found in owned.items()}
        return {owner: found for owner, found in rest.items() if found}

    @invariant()
    def the_books_are_in_order(self):
        in_order(self.text, self.holdings)


def letters(text):
    """The characters that occur once."""
    return "".join(character for character in text if ord(character) > 127)


def in_order(text, holdings):
    """Spans ascend, are not empty, do not overlap, and weigh what the records say."""
    end = 0
    for piece in holdings.marks:
        assert end <= piece.start < piece.end <= len(text)
        end = piece.end
    for region in holdings.regions():
        assert region.substance == sum(substance(text.slice(span)) for span in region.spans) > 0
        assert not any(a.end == b.start for a, b in itertools.pairwise(region.spans))


Editing.TestCase.settings = settings(
    max_examples=120,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # making a failure small may take minutes: do it by hand
)
TestEditing = Editing.TestCase

FEW = st.text("ab(\n ;", max_size=6)
EDITS = st.lists(
    st.tuples(PLACES, st.integers(0, 8), FEW, st.sampled_from(["type", "accept", "whole", "reopen"])), max_size=12
)


@settings(max_examples=300, deadline=None)
@given(FEW, EDITS)
def test_the_books_are_in_order_whatever_happens(content, edits):
    text, holdings = Text.of(content), empty()
    for number, (place, length, new, how) in enumerate(edits):
        start = place % (len(text) + 1)
        span = Span(0, len(text)) if how == "whole" else Span(start, min(start + length, len(text)))
        edit = Edit(span, new.encode() * (3 if how == "whole" else 1))
        after = text.apply(edit)
        holdings = carry(holdings, text, [edit], after)
        text = after
        if how == "accept":
            there = Span(span.start, span.start + len(edit.new))
            holdings = add(holdings, text, insertion(f"r{number}", edit.new), [there])
        if how == "reopen":
            holdings = reattach(anchors(holdings, text), text)
        in_order(text, holdings)


TYPED = st.lists(
    st.one_of(
        st.tuples(st.just("type"), PLACES, st.text("ab (", min_size=1, max_size=6)),
        st.tuples(st.just("delete"), PLACES, st.integers(2, 6)),
        st.tuples(st.just("accept"), PLACES, st.text("ab (", min_size=1, max_size=6)),
    ),
    max_size=30,
)


@settings(max_examples=400, deadline=None)
@given(TYPED)
def test_what_a_person_types_is_never_an_assistants_even_if_it_is_the_same_text(acts):
    text, holdings, truth = Text.of(b""), empty(), Truth()
    for number, (how, place, what) in enumerate(acts):
        start = place % (len(text) + 1)
        if how == "delete":
            edits = [Edit(Span(start, min(start + what, len(text))), b"")] if start + 2 <= len(text) else []
        elif how == "accept":
            edits = [Edit(Span(start, start), what.encode())]
        else:
            edits = [Edit(Span(start + at, start + at), letter.encode()) for at, letter in enumerate(what)]
        for edit in edits:
            after = text.apply(edit)
            holdings = carry(holdings, text, [edit], after)
            text = after
            truth.replace(*edit.span, edit.new.decode(), f"r{number}" if how == "accept" else None)
        if how == "accept" and edits:
            there = Span(start, start + len(what))
            holdings = add(holdings, text, insertion(f"r{number}", what.encode()), [there])
    assert_sound(text, holdings, truth)


def assert_sound(text, holdings, truth):
    for region in holdings.regions():
        for span in region.spans:
            characters = truth.characters[span.start : span.end]
            assert {owner for character, owner in characters if not character.isspace()} <= {region.id}
    held = {region.id: b"".join(map(text.slice, region.spans)).split() for region in holdings.regions()}
    known = truth.owned()
    assert {owner: b"".join(found).decode() for owner, found in held.items()} == known
