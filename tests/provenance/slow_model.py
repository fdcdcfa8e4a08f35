"""The truth, kept slowly: every character with who wrote it. Shares nothing with what it checks."""

import re

WORDS = re.compile(r"\w+|[^\w\s]")


class Truth:
    """A text as a list of (character, owner); the owner of a person's character is None."""

    def __init__(self):
        self.characters = []

    @property
    def text(self):
        return "".join(character for character, _ in self.characters)

    def replace(self, start, end, new, owner=None):
        self.characters[start:end] = [(character, owner) for character in new]

    def reformat(self, new):
        """The same characters but for white space, in another layout."""
        owners = iter([owner for character, owner in self.characters if not character.isspace()])
        self.characters = [(character, None if character.isspace() else next(owners)) for character in new]

    def owned(self):
        """{owner: the characters that are not white space, in order}"""
        result = {}
        for character, owner in self.characters:
            if owner is not None and not character.isspace():
                result.setdefault(owner, []).append(character)
        return {owner: "".join(characters) for owner, characters in result.items()}


def trimmed(old, new):
    """The one replacement (start, end, text) that makes `new` of `old` with its common start and end left out."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return start, len(old) - end, new[start : len(new) - end]
