"""The JSON Schema of gifthorse.toml knows exactly the keys and words that the reader knows and the papers name."""

import json
import re
import tomllib
from pathlib import Path

import jsonschema
import pytest

from gifthorse.model.insertion import Evidence
from gifthorse.store.catalogue import load_catalogue
from gifthorse.store.config import Layer, combine
from gifthorse.store.settings import LARGEST
from gifthorse.store.table import Notes
from gifthorse.workspace.root import capabilities, severities

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "editors" / "gifthorse.schema.json").read_text(encoding="utf-8"))
CHECKER = jsonschema.Draft7Validator(SCHEMA)
RULES, CAPABILITIES = severities(load_catalogue()), capabilities(load_catalogue())
PAPERS = [ROOT / "docs" / name for name in ("configuration.md", "policy.md")]


def resolved(schema):
    while "$ref" in schema:
        schema = SCHEMA["definitions"][schema["$ref"].rpartition("/")[2]]
    return schema


def at(path):
    schema = SCHEMA
    for key in path:
        schema = resolved(schema)
        schema = schema["items"] if isinstance(key, int) else schema["properties"][key]
    return resolved(schema)


def tables(schema=SCHEMA, path=()):
    """Every table with keys of its own."""
    schema = resolved(schema)
    if schema.get("type") == "array" and "$ref" in schema["items"]:
        yield from tables(schema["items"], (*path, 0))
    elif "properties" in schema:
        yield path
        for key, one in schema["properties"].items():
            yield from tables(one, (*path, key))


def problems(values):
    return combine([Layer(Notes("gifthorse.toml"), values, trusted=True)], RULES, CAPABILITIES).problems


def nested(path, values):
    for key in reversed(path):
        values = [values] if isinstance(key, int) else {key: values}
    return values


def known_keys(path):
    """What the reader says may stand in a table."""
    found = [re.search(r"Known keys here: (.*)\.$", one.remedy) for one in problems(nested(path, {"zzzzzzzz": 1}))]
    return {key for one in found if one for key in one[1].split(", ")}


@pytest.mark.parametrize("path", list(tables()), ids=lambda path: ".".join(map(str, path)) or "top")
def test_each_table_has_the_readers_keys(path):
    assert set(at(path)["properties"]) == known_keys(path)


def test_words_and_bounds_are_the_readers():
    assert set(SCHEMA["definitions"]["evidence"]["enum"]) == set(map(str, Evidence))
    limits = at(("limits",))["properties"]
    assert {key: one["maximum"] for key, one in limits.items()} == LARGEST


def test_every_example_of_the_papers_is_right():
    blocks = [
        block for paper in PAPERS for block in re.findall(r"```toml\n(.*?)```", paper.read_text("utf-8"), re.DOTALL)
    ]
    assert len(blocks) >= 5
    for block in blocks:
        values = tomllib.loads(block)
        assert [error.message for error in CHECKER.iter_errors(values)] == [], block
        assert problems(values) == (), block


def test_every_key_of_the_paper_is_there():
    rows = re.findall(r"^\| (`[a-z][^|]*`) \| [A-Z\[]", PAPERS[0].read_text("utf-8"), re.MULTILINE)
    keys = [key for row in rows for key in re.findall(r"`([a-z.-]+)`", row)]
    assert {"exclude", "rules.off", "hooks.severity", "policy"} <= set(keys)
    for key in keys:
        at(key.split("."))


@pytest.mark.parametrize(
    "text",
    [
        'exclud = ["a"]',
        '[rules.severity]\neval-call = "huge"',
        '[[policy]]\nwrite = "maybe"',
        '[[policy]]\npaths = ["a"]',
        '[[policy]]\nwrite = "deny"\nevidence = ["hookd"]',
        "[limits]\nseconds = 0",
        '[capabilities]\n"network" = ["a"]',
        '[capabilities]\n"network-access" = 1',
    ],
)
def test_what_the_reader_refuses_the_schema_refuses(text):
    values = tomllib.loads(text)
    assert not CHECKER.is_valid(values)
    assert problems(values)
