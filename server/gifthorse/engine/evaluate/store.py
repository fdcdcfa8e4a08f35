"""The Store: what every name and every field holds, with cheap branches and a record of what was read from outside.

Places are (ref, name) for variables and fields. Layers lie on a base that belongs to others: a look-up that falls
through to the base is recorded, so that the work done on these layers can be kept as long as those places hold the
same. It does not know what scopes or containers are.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from gifthorse.engine.evaluate.taint import CLEAN, Taint, blend, brings
from gifthorse.engine.evaluate.values import Ref, Value, join, same_const

RELEASED = "<released>"
"""The field that holds how often something was given back: where one way did it and another did not, nobody knows."""

NEVER = Value(const=0, closed=True)

Field = str | int
Place = tuple[Ref, "Field | None"]
"""A field's place; (ref, None) holds the tuple of a container's field names, in order."""

Entry = Value | tuple[Field, ...]
Layer = dict[Place, Entry]
TAINTED: Final = "<tainted>"


def tainted_place(ref: Ref) -> Place:
    """Where a file's names that hold outside text are listed: whoever asks for them depends on this list alone."""
    return (ref, TAINTED), None


def holds_outside(layer: Layer, places: Iterable[Place] | None = None) -> bool:
    """Whether outside text is held at one of these places, or at any."""
    entries = layer.values() if places is None else map(layer.get, places)
    return any(isinstance(entry, Value) and bool(entry.taint) for entry in entries)


def note_tainted(state: Layer, ref: Ref, writes: Layer) -> None:
    """Bring that list up to date with what a part has written."""
    place = tainted_place(ref)
    listed = state.get(place)
    names = dict.fromkeys(listed) if listed is not None and not isinstance(listed, Value) else {}
    before = len(names), tuple(names)
    for (owner, name), entry in writes.items():
        if owner == ref and name is not None and isinstance(entry, Value):
            if entry.taint:
                names[name] = None
            else:
                names.pop(name, None)
    if (len(names), tuple(names)) != before:
        state[place] = tuple(names)


def join_entries(one: Entry, other: Entry) -> Entry:
    """Both Values, or all field names of both."""
    if isinstance(one, Value):
        return join(one, other) if isinstance(other, Value) else one
    if isinstance(other, Value) or one == other:
        return one
    return tuple(dict.fromkeys([*one, *other]))


class Store:
    """Layers over a base. The lowest layer collects what this piece of work has written."""

    def __init__(self, base: Sequence[Mapping[Place, Entry]]) -> None:
        self.base = base
        self.layers: list[Layer] = [{}]
        self.reads: dict[Place, Entry | None] = {}
        self._forks: list[tuple[list[tuple[Layer, bool]], bool]] = []
        self.dead = False
        """Whether the present branch has been left (returned, raised)."""

    def get(self, place: Place) -> Entry | None:
        """What is there now; None where nothing was ever written."""
        layers, reads = self.layers, self.reads
        found: Entry | None = None
        for number in range(len(layers) - 1, -1, -1):
            found = layers[number].get(place)
            if found is not None:
                return found
        found = reads.get(place)
        if found is not None or place in reads:
            return found
        for below in self.base:
            found = below.get(place)
            if found is not None:
                break
        reads[place] = found
        return found

    def value(self, place: Place) -> Value | None:
        """The Value there."""
        entry = self.get(place)
        return entry if isinstance(entry, Value) else None

    def tainted_names(self, ref: Ref) -> list[str]:
        """The names under an identity that may hold outside text, in a fixed order: those that the base says, and all
        that this piece of work has written.
        """
        own = {place[1] for layer in self.layers for place in layer if place[0] == ref}
        known = {*own, *(self.names(tainted_place(ref)[0]) or ())}
        return sorted(name for name in known if isinstance(name, str))

    def put(self, place: Place, entry: Entry) -> None:
        """Write, in the present branch."""
        self.layers[-1][place] = entry

    def names(self, ref: Ref) -> tuple[Field, ...] | None:
        """A container's field names, or None where it was never filled."""
        entry = self.get((ref, None))
        return entry if entry is not None and not isinstance(entry, Value) else None

    def put_field(self, ref: Ref, name: Field, value: Value) -> None:
        """Write a field and remember its name."""
        names = self.names(ref) or ()
        if name not in names:
            self.put((ref, None), (*names, name))
        self.put((ref, name), value)

    def fork(self) -> int:
        """Begin a branch with its first arm; the number is what it can be left by."""
        self._forks.append(([], self.dead))
        self.layers.append({})
        return len(self.layers) - 1

    @property
    def level(self) -> int:
        """How many branches lie within each other here, as `since` counts them."""
        return len(self.layers)

    def since(self, depth: int) -> Layer:
        """All that was written in the branch of this number, and in those inside it, up to here."""
        whole: Layer = {}
        for layer in self.layers[depth:]:
            whole.update(layer)
        return whole

    def leave_to(self, depth: int) -> None:
        """Leave the branch of this number: what holds now is one of the ways that meet at its end."""
        self._forks[depth - 1][0].append((self.since(depth), False))

    def rejoin(self, ways: Sequence[Layer]) -> None:
        """Ways that left the present branch meet here, with what holds now unless that was left too."""
        present = self.layers.pop()
        alive = [*ways] if self.dead else [present, *ways]
        self.layers.append(present if len(alive) > 1 else {})
        self.dead = False
        if len(alive) == 1:
            self.layers[-1].update(alive[0])
            return
        for place in dict.fromkeys(place for layer in alive for place in layer):
            self._join(place, alive)

    def changes(self) -> bool:
        """Whether the present arm put another constant where there was one before it."""
        for place, entry in self.layers[-1].items():
            if isinstance(entry, Value) and place[1] is not None:
                before = self.below(place)
                if isinstance(before, Value) and before.known and not same_const(before.const, entry.const):
                    return True
        return False

    def _end_arm(self) -> tuple[list[tuple[Layer, bool]], bool]:
        arms, dead = self._forks[-1]
        arms.append((self.layers.pop(), self.dead))
        return arms, dead

    def next_arm(self) -> None:
        """End the present arm and begin the next one."""
        _, self.dead = self._end_arm()
        self.layers.append({})

    def next_handler(self) -> None:
        """End the present arm and begin one that is taken when something fails in the first: there holds what was
        before that, or what it wrote.
        """
        arms, self.dead = self._end_arm()
        self.layers.append({})
        for place, entry in arms[0][0].items():
            before = self.get(place)
            self.put(place, entry if before is None else join_entries(before, entry))

    def brings_taint(self) -> Iterator[str]:
        """The labels of outside text that the present arm put where there was none of that source before it."""
        for place, entry in self.layers[-1].items():
            if isinstance(entry, Value) and entry.taint:
                before = self.below(place)
                known = before.taint if isinstance(before, Value) else self._held_below(place[0])
                if known is not None and known != entry.taint:
                    yield from brings(entry.taint, known)

    def _held_below(self, ref: Ref) -> Taint | None:
        """What the fields of a container held before the present arm; None where there was none."""
        names = self.below((ref, None))
        if names is None or isinstance(names, Value):
            return None
        taint = CLEAN
        for name in names:
            held = self.below((ref, name))
            if isinstance(held, Value) and held.taint:
                taint = blend(taint, held.taint)
        return taint

    def written(self) -> list[tuple[Place, Entry]]:
        """What the present arm has written."""
        return list(self.layers[-1].items())

    def below(self, place: Place) -> Entry | None:
        """What was there before the present arm."""
        layer = self.layers.pop()
        found = self.get(place)
        self.layers.append(layer)
        return found

    def ways(self) -> int:
        """How many arms of the present branch, with the one that is not ended yet, go on behind it."""
        return sum(not left for _, left in self._forks[-1][0]) + (not self.dead)

    def merge(self, or_none: bool) -> None:
        """End the branch: what its arms wrote is joined. `or_none`: perhaps none of them was taken."""
        arms, dead = self._end_arm()
        self._forks.pop()
        alive = [layer for layer, left in arms if not left]
        self.dead = dead or (not alive and not or_none)
        if or_none or not alive:
            alive.append({})
        if len(alive) == 1:
            self.layers[-1].update(alive[0])
            return
        for place in dict.fromkeys(place for layer in alive for place in layer):
            self._join(place, alive)

    def _join(self, place: Place, alive: Sequence[Layer]) -> None:
        joined: Entry | None = None
        for layer in alive:
            entry = layer[place] if place in layer else self.get(place)
            if entry is None and place[1] == RELEASED:
                entry = NEVER
            if entry is not None:
                joined = entry if joined is None else join_entries(joined, entry)
        if joined is not None:
            self.put(place, joined)
