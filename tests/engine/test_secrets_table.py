"""docs/secrets.md names every provider whose keys the rules know."""

import re
from pathlib import Path

from gifthorse.store.catalogue import load_catalogue

PAGE = Path(__file__).parents[2] / "docs" / "secrets.md"
LEAST_PROVIDERS = 100


def test_the_page_names_every_provider():
    named = re.compile(r"A (?:live )?(?:key|token) of (.+?)(?: \(.*\))? stands in the code")
    rules = [rule for rule in load_catalogue().rules.values() if rule.family == "secrets"]
    found = {
        (rule.id, name[1])
        for rule in rules
        for match in rule.matches
        if (name := named.match(match.message)) and not name[1].startswith("a ")
    }
    rows = dict(re.findall(r"^\| `([\w-]+)` \| (.*) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert {(rule, name) for rule, names in rows.items() for name in names.split(", ")} == found
    assert len({name for _, name in found}) >= LEAST_PROVIDERS
