"""Texts that are put together from pieces, none of them secret."""
import string

GREETING = "".join(["Hel", "lo"])
ALPHABET = string.ascii_letters + "".join(chr(code) for code in range(48, 58))
REVERSED = ALPHABET[::-1]
TITLES = {"en": "{greeting}, {name}", "de": "Hallo, {name}"}


def greet(name, language="en"):
    return TITLES[language].format(greeting=GREETING, name=name)


def banner(words):
    line = "-" * max(map(len, words))
    return "\n".join([line, *words, line])


def caesar(text, by=3):
    table = str.maketrans(ALPHABET, ALPHABET[by:] + ALPHABET[:by])
    return text.translate(table)
