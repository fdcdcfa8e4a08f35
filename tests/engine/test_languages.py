"""docs/languages.md names every key, setting, intrinsic, role and part that there is, and nothing that there is not."""

import re
from pathlib import Path

from gifthorse.engine.decoding import FORMS
from gifthorse.engine.embedded import KEYS, NO_LANGUAGE, read_nests
from gifthorse.engine.evaluate.folding import FUNCTIONS
from gifthorse.engine.evaluate.intrinsics import INTRINSICS
from gifthorse.engine.languages import prepare

ROOT = Path(__file__).parents[2]
PAPER = (ROOT / "docs" / "languages.md").read_text(encoding="utf-8")
ENGINE = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "server/gifthorse/engine").rglob("*.py"))
FILES = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "server/gifthorse/workspace").glob("*.py"))
LOADER = (ROOT / "server/gifthorse/store/languagefile.py").read_text(encoding="utf-8")
DATA = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "queries/languages").rglob("language.toml"))
FACTS = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "queries/languages").rglob("facts.scm"))


def column(heading: str, number: int) -> set[str]:
    """The words in back-ticks in one column of the table under a heading."""
    section = PAPER.split(f"# {heading}\n", 1)[1].split("\n#", 1)[0]
    rows = [line.split("|")[1:] for line in section.splitlines() if line.startswith("| `")]
    return {word for row in rows for word in re.findall(r"`([\w.\[\]-]+)`", row[number])}


def test_keys_are_those_that_the_loader_reads():
    read = set(re.findall(r'(?:text|needed|words|_pairs)\((?:table, )?"(\w+)"', LOADER))
    tables = {f"[{name}]" for name in re.findall(r'\.table\("(\w+)"\)', LOADER)}
    tables |= {f"[[{name}]]" for name in re.findall(r'\.tables\("(\w+)"\)', LOADER)}
    assert column("language.toml", 0) == read | tables | {"format"}


def test_what_is_folded_is_known_and_used(shipped):
    said = {
        word.removeprefix("fold:").split()[0]
        for language in shipped.languages.values()
        for meaning in language.intrinsics.values()
        for word in meaning.split("|")
        if word.startswith("fold:")
    }
    assert said - FUNCTIONS.keys() == set()
    # Others are meant behind another word (`change-text:reverse`), or by the engine itself.
    others = {word for word in FUNCTIONS if re.search(rf":{word}\b", DATA) or ENGINE.count(f'"{word}"') > 1}
    assert FUNCTIONS.keys() - said - others == set()


OF_MEMBERS = {"scope-value", "fields", "prototype", "module-default"}
"""Words that say what reading a name or a member means."""


def test_settings_are_those_that_the_engine_asks_for(shipped):
    asked = set(re.findall(r'settings\.get\(\s*"(\w+)"', ENGINE)) | {
        "import_seen",
        "keyword_style",
        "true",
        "false",
        "null",
        "knows",
    }
    asked |= {f"hook_{word}" for word in ("member", "index", "call")}
    asked |= set(re.findall(r'"((?:module|package)_\w+)"', FILES))
    everywhere = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "server/gifthorse").rglob("*.py"))
    asked |= {name for name in column("Settings", 0) if f'"{name}"' in everywhere}
    asked |= {"import_as", "import_name"}  # asked for by the way in which a file imports
    assert column("Settings", 0) | column("Files of the workspace", 0) == asked
    given = {name for language in shipped.languages.values() for name in language.settings}
    ways = {f"call_{name}" for name in asked if name.startswith("import_")}  # the same for loading by calls
    assert given <= asked | ways


def test_intrinsics_are_those_that_the_evaluator_has(shipped):
    known = set(INTRINSICS) | OF_MEMBERS
    assert column("Intrinsics", 0) == known
    meanings = [meaning for language in shipped.languages.values() for meaning in language.intrinsics.values()]
    used = {word.partition(":")[0] for meaning in meanings for word in meaning.split("|")}
    assert used - {"", "<itself>"} <= known


def test_roles_and_parts_are_those_of_the_facts():
    captures = re.findall(r"@([a-z]+)(?:\.([a-z]+))?", re.sub(r";.*", "", FACTS))
    assert {role for role, _ in captures} <= column("facts.scm", 0)
    assert {part for _, part in captures if part} == column("facts.scm", 1)


def test_texts_inside_others_are_in_languages_that_there_are(shipped):
    known = {*shipped.languages, NO_LANGUAGE}
    for language in shipped.languages.values():
        assert {nest.language for _, nest in read_nests(language.embedded)} <= known
        assert {one.language for one in language.embeddings} <= known


def test_keys_and_forms_of_texts_inside_others_are_those_that_the_engine_knows():
    assert column("Texts inside others", 0) == set(KEYS)
    row = next(line for line in PAPER.splitlines() if line.startswith("| `form` |"))
    assert set(re.findall(r"`(\w+)`", row)) - {"form", "before"} == set(FORMS)


def test_queries_for_texts_inside_others_compile(shipped):
    prepared = prepare(shipped)
    for language in shipped.languages.values():
        if language.embedded:
            assert prepared.queries(language).union is not None or not read_nests(language.embedded)
