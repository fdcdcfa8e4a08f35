"""What tells a secret from a placeholder, and how a secret is named without being shown.

It knows no provider: their patterns are rules. It never decides on its own that a string is a secret.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from gifthorse.model.rule import Rule
from gifthorse.model.text import Edit, Span, Text

# Words that people write where a secret will go. A random token hits one of these by chance about once in a million.
_STAND_IN = re.compile(
    r"example|sample|dummy|placeholder|change[-_ ]?(?:me|this|it)|your[-_ ]|[-_ ]here\b|redacted|\bfake|\bmock|insert[-_ ]"
    r"|replace[-_ ]|x{4,}|\*{3,}|\.{3}|^todo|fixme|foobar|012345678|123456789|abcdefgh|qwerty|deadbeef|^<.*>$|^\[.*\]$",
    re.IGNORECASE,
)
_TEST_VALUE = re.compile(
    r"^(?:test|testing|none|null|nil|true|false|undefined|default|string|password|passwd|passw0rd|secret|token"
    r"|hunter2|admin|root|user|guest|demo|foo|bar|baz|abc|asdf|empty|unknown|optional|required)[\d!_-]*$",
    re.IGNORECASE,
)
# A value taken from elsewhere: a template's slot, a shell variable, a lookup.
_REFERENCE = re.compile(
    r"\$\{|\{\{|%\(|%s|\$\(|<%|#\{|^\$[A-Za-z_]|^%[A-Za-z_]+%$|^\{[\w.]*\}$|process\.env|os\.environ|getenv"
)
LEAST_SPARED = 16
"""Characters that a secret must have for its first ones to be shown."""
FEWEST_DIFFERENT = 5
"""A token of 16 characters with fewer different ones than this was typed, not drawn."""


def entropy(value: str) -> float:
    """Shannon entropy of the characters, in bits a character; 0 for the empty string."""
    counts = Counter(value).values()
    return -sum(count / len(value) * math.log2(count / len(value)) for count in counts)


def is_placeholder(value: str) -> bool:
    """Whether a value only stands where a secret will be: an example, a test value, a template's slot."""
    if _STAND_IN.search(value) or _TEST_VALUE.match(value) or _REFERENCE.search(value):
        return True
    return len(value) >= 16 and len(set(value)) < FEWEST_DIFFERENT


def masked(value: str) -> str:
    """A secret's name in messages: its length, and its first four characters where it is long enough to spare them."""
    if len(value) < LEAST_SPARED:
        return f"({len(value)} characters, not shown)"
    return f"{value[:SPARED]}... ({len(value)} characters)"


_WRITTEN_DOWN = frozenset({259, 321, 547, 798})


def is_about_secrets(rule: Rule) -> bool:
    """Whether what a rule finds has a password or key in it, by its weakness: then no value of it is shown."""
    return not _WRITTEN_DOWN.isdisjoint(rule.cwe)


SHORTEST_WORD = 2
_LITERAL = re.compile(rb"""(["'`])((?:\\.|(?!\1)[^\\\n])*)\1""")


def literals(text: Text, span: Span) -> Iterator[Span]:
    """Where texts in quotes stand in a span, without the quotes."""
    for literal in _LITERAL.finditer(text.slice(span)):
        if len(literal[2]) > SHORTEST_WORD:
            yield Span(span.start + literal.start(2), span.start + literal.end(2))


_LEGIBLE = bytes(0x2A if 0x21 <= byte <= 0x7E else byte for byte in range(256))
SPARED = 4
"""Characters of a secret that stay legible, so that its owner knows which one it is."""


def covered(text: Text, spans: Iterable[Span]) -> Text:
    """The same text with every secret at `spans` written as asterisks but for its beginning.

    All offsets and columns stay as they are. Short secrets are covered altogether.
    """
    for span in spans:
        secret = text.slice(span)
        spared = SPARED if len(secret) >= LEAST_SPARED else 0
        text = text.apply(Edit(span, secret[:spared] + secret[spared:].translate(_LEGIBLE)))
    return text


_EXAMPLE_PATH = re.compile(
    r"(?:^|[/\\_.-])(?:tests?|testing|testdata|specs?|fixtures?|mocks?|examples?|samples?|demos?|docs?)(?:[/\\_.-]|$)",
    re.IGNORECASE,
)


def is_example_path(path: str) -> bool:
    """Whether a file's name or a folder above it says test, fixture, example or documentation."""
    return bool(_EXAMPLE_PATH.search(path))
