"""A syntax tree as columns of numbers, which is all that leaves `syntax`."""

from typing import Any, Final

from gifthorse.engine.classify import Flat
from gifthorse.engine.plans import Plans

WHOLE: Final = 1_000_000_000
"""Deeper than any tree."""


def columns_of(node: Any, plans: Plans, deep: int) -> Flat:
    """The columns of a node and what is in it, down to `deep` levels; without punctuation that no pattern speaks of."""
    flat = Flat()
    kinds, named, fields, starts, ends = flat.kinds, flat.named, flat.fields, flat.starts, flat.ends
    parents, skips = flat.parents, flat.skips
    idle = plans.idle
    cursor = node.walk()
    around, depth, row = -1, 0, 0
    while True:
        current = cursor.node
        if current is None:
            return flat
        kind, field = current.kind_id, cursor.field_id
        if field is not None or kind not in idle:
            kinds.append(kind)
            named.append(current.is_named)
            fields.append(field or 0)
            starts.append(current.start_byte)
            ends.append(current.end_byte)
            parents.append(around)
            row += 1
            skips.append(row)
            if depth < deep and cursor.goto_first_child():
                around, depth = row - 1, depth + 1
                continue
        while not cursor.goto_next_sibling():
            if not depth:
                return flat
            cursor.goto_parent()
            skips[around] = row
            around, depth = parents[around], depth - 1
