"""The document of the protocol and its shapes in code say the same."""

from pathlib import Path

import attrs
import pytest

from gifthorse.lsp import protocol
from gifthorse.lsp.server import Command, feature_modules

DOCUMENT = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text(encoding="utf-8")
NAMES = [value for name, value in vars(protocol).items() if name.isupper() and isinstance(value, str)]
SHAPES = [value for value in vars(protocol).values() if isinstance(value, type) and attrs.has(value)]


@pytest.mark.parametrize("name", [name for name in NAMES if "." in name or "/" in name])
def test_every_name_is_in_the_document(name):
    assert f"`{name}`" in DOCUMENT


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape.__module__ == protocol.__name__])
def test_every_member_is_in_the_document(shape):
    for field in attrs.fields(shape):
        first, *rest = field.name.split("_")
        assert first + "".join(word.title() for word in rest) in DOCUMENT


def test_every_command_is_in_the_document_and_has_a_name_of_the_protocol():
    commands = {}
    for module in feature_modules():
        commands |= getattr(module, "COMMANDS", {})
    assert set(commands) == {name for name in NAMES if name.startswith("gifthorse.") and ".client." not in name}
    assert all(isinstance(command, Command) for command in commands.values())


def test_no_two_features_answer_the_same_message():
    seen = []
    for module in feature_modules():
        seen += [*getattr(module, "REQUESTS", {}), *getattr(module, "NOTIFICATIONS", {})]
    assert len(seen) == len(set(seen))
