"""A rule to begin with: a whole rule file with tests that pass, for a user to change into what they want.

What stands below its head is data of the language: `queries/languages/<language>/starter.toml`.
"""

import importlib.resources
from importlib.resources.abc import Traversable
from pathlib import Path

from gifthorse.store.catalogue import checkout_queries

HEAD = '''\
format = 1
id = "{id}"
family = "own"
cwe = [319]                          # the weakness's number: https://cwe.mitre.org
severity = "medium"                  # high, medium, low: how bad it is if the finding is right
confidence = "high"                  # high, medium, low: how sure the finding is
title = "{title}"
message = "{{callee}} is called without protection."
why = """
What an attacker does with it, in two or three plain sentences.
"""
instead = """
What to write instead. Indented lines are shown as code:

    connect("host", secure)
"""
references = ["https://cwe.mitre.org/data/definitions/319.html"]

# What is found. Names are resolved: aliases, imports and computed values are seen through.
'''
ASSIGNED = "{name} is set without protection."


def _starter(language: str) -> Path | Traversable:
    """The file of a language, in the package or in this checkout; it need not be there."""
    packaged = importlib.resources.files("gifthorse") / "queries" / "languages" / language / "starter.toml"
    return packaged if packaged.is_file() else checkout_queries() / "languages" / language / "starter.toml"


def starting_rule(name: str, language: str) -> str | None:
    """The text of a rule file of that id, or None where there is nothing to begin with in that language."""
    starter = _starter(language)
    if not starter.is_file():
        return None
    body = starter.read_text(encoding="utf-8")
    head = HEAD.format(id=name, title=name.replace("-", " ").capitalize()[:60])
    return (head if "call = " in body else head.replace("{callee} is called", "{name} is set")) + body
