"""A file of Semgrep rules -> rule files of ours, and the list of what did not map. Reads text, writes nothing."""

import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from gifthorse.model.rule import Catalogue
from gifthorse.store.ownrules import read_text
from gifthorse.store.semgrep.patterns import UnmappedError
from gifthorse.store.semgrep.translate import Imported, Unmapped, translated

MOST_NODES = 200_000
DEEPEST = 60


def read_semgrep(text: str, source: str, catalogue: Catalogue) -> Iterator[tuple[str, str, Imported] | Unmapped]:
    """(file name, text, what was imported) of each rule that maps, or why not. `source`: a name for the comment.

    Raises ValueError, in words, where the text is no YAML with rules.
    """
    names: set[str] = set(catalogue.rules)
    for rule, line in _rules(text):
        given = str(rule.get("id", "without an id"))
        try:
            imported = translated(rule, catalogue.languages, catalogue.knowledge)
            name = _free(imported.id, names)
            written = _checked(name, to_toml({**imported.values, "id": name}, source), catalogue)
        except UnmappedError as error:
            yield Unmapped(given, line, str(error))
            continue
        names.add(name)
        yield f"{name}.toml", written, imported


def _checked(name: str, text: str, catalogue: Catalogue) -> str:
    """The text of a rule file that can be used; else UnmappedError with what is wrong in it."""
    found, problems = read_text(Path(f"{name}.toml"), text, catalogue)
    if found is None:
        raise UnmappedError(next(f"{one.message} {one.remedy}" for one in problems if not one.advice))
    return text


def _free(name: str, taken: set[str]) -> str:
    """The name, or one like it that nothing has yet."""
    name = name or "imported"
    while name in taken:
        name += "-imported"
    return name


def _rules(text: str) -> Iterator[tuple[Mapping[str, Any], int]]:
    from ruamel.yaml import YAML  # noqa: PLC0415  nothing else needs it
    from ruamel.yaml.error import YAMLError  # noqa: PLC0415

    reader = YAML(typ="rt", pure=True)
    reader.allow_duplicate_keys = True
    try:
        content = reader.load(io.StringIO(text))
    except (YAMLError, ValueError, RecursionError, OverflowError, LookupError) as error:
        raise ValueError(f"This is not YAML: {' '.join(str(error).split())[:300]}") from error
    rules: Any = content.get("rules") if isinstance(content, Mapping) else None
    is_list = isinstance(rules, Sequence) and not isinstance(rules, str)
    if not is_list:
        raise ValueError("There is no list `rules` in it: is it a file of Semgrep rules?")
    if not _is_bounded(rules):
        raise ValueError("It is too large or nested too deeply.")
    for number, rule in enumerate(rules):
        line = rules.lc.item(number)[0] + 1 if hasattr(rules, "lc") else 1
        yield (rule, line) if isinstance(rule, Mapping) else ({}, line)


def _is_bounded(content: Any) -> bool:
    """Whether going through it comes to an end soon: aliases can make a small file endless."""
    waiting, count = [(content, 0)], 0
    while waiting:
        value, depth = waiting.pop()
        count += 1
        if count > MOST_NODES or depth > DEEPEST:
            return False
        if isinstance(value, Mapping):
            waiting += [(one, depth + 1) for one in value.values()]
        elif isinstance(value, Sequence) and not isinstance(value, str):
            waiting += [(one, depth + 1) for one in value]
    return True


def to_toml(values: Mapping[str, Any], source: str) -> str:
    """The text of a rule file. Empty values are left out."""
    lines = ["format = 1", f"# Imported from {_comment(source)}: see that it finds what it should, and add tests."]
    lines += [
        f"{key} = {_toml(value)}" for key, value in values.items() if key != "match" and value not in ("", [], ())
    ]
    for match in values["match"]:
        lines += ["", "[[match]]", *(f"{key} = {_toml(value)}" for key, value in match.items())]
    return "\n".join(lines) + "\n"


def _comment(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f]", "?", text)


def _toml(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_toml(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_toml, value))}]"
    # JSON's strings are TOML's, but for one character that TOML wants escaped, and surrogates that it does not know.
    return json.dumps(value).replace("\x7f", "\\u007f") if not isinstance(value, str) else _text(value)


def _text(value: str) -> str:
    clean = value.encode("utf-8", "replace").decode()
    return json.dumps(clean, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else json.dumps(key)
