"""The loader: what is right becomes values, what is wrong is named with file, line and remedy."""

import textwrap

import pytest

from gifthorse.model.rule import MatchKind
from gifthorse.store import catalogue as store
from gifthorse.store.catalogue import compile_catalogue, decode_catalogue, read_catalogue
from gifthorse.store.places import key_lines
from gifthorse.store.predicates import expand
from gifthorse.store.table import CatalogueError

LANGUAGE = 'grammar = "tree_sitter_python:language"\nextensions = [".py"]\nline_comments = ["#"]\n'
RULE = '''\
format = 1
id = "weak-thing"
family = "odd"
cwe = [327]
severity = "high"
confidence = "medium"
title = "A weak thing"
message = "{callee} is weak"
why = """
It breaks.
id = "this is no key"
"""
instead = "strong()"
references = ["https://example.org/"]

[[match]]
language = ["python"]
call = ["thing.{weak,{old,older}}"]
where = { size = "lt:10", "0|mode" = ["is:x", "falsy"] }
fix = { title = "Be strong", callee = "thing.strong", kind = "mechanical" }

[[test]]
language = "python"
bad = "import thing\\nthing.weak(size=1)\\n"
good = "import thing\\nthing.strong(size=1)\\n"

[[test]]
language = "python"
disguise = "getattr"
bad = "import thing\\ngetattr(thing, 'we' + 'ak')(size=1)\\n"
'''


@pytest.fixture
def queries(tmp_path):
    write(tmp_path, "languages/python/language.toml", LANGUAGE)
    write(tmp_path, "languages/python/facts.scm", "(call) @call")
    write(tmp_path, "rules/odd/weak-thing.toml", RULE)
    return tmp_path


def write(root, name, text):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def problems(queries, text, name="rules/odd/weak-thing.toml"):
    write(queries, name, text)
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(queries)
    return caught.value.problems


def test_rule_becomes_values(queries):
    rule = read_catalogue(queries).rules["weak-thing"]
    (match,) = rule.matches
    assert match.kind is MatchKind.CALL
    assert set(match.patterns) == {"thing.weak", "thing.old", "thing.older"}
    assert match.where == {"size": ("lt:10",), "0|mode": ("is:x", "falsy")}
    assert match.fix.callee == "thing.strong"
    assert rule.tests[1].note == "disguise: getattr"


def test_compiled_form_is_the_same(queries):
    assert decode_catalogue(compile_catalogue(queries)) == read_catalogue(queries)


def test_version_follows_content(queries):
    before = read_catalogue(queries).version
    write(queries, "languages/python/facts.scm", "(call) @other")
    assert read_catalogue(queries).version != before


def test_damaged_or_foreign_compiled_file_is_refused(queries):
    content = compile_catalogue(queries)
    with pytest.raises(ValueError, match="damaged"):
        decode_catalogue(content[: len(content) // 2])
    with pytest.raises(ValueError, match="format"):
        decode_catalogue(content.replace(b"\xa6format" + bytes([store.COMPILED_FORMAT]), b"\xa6format\x09", 1))


@pytest.mark.parametrize(
    ("old", "new", "line", "message", "remedy"),
    [
        ('severity = "high"', 'severity = "hihg"', 5, "hihg", "high, medium, low"),
        ('severity = "high"\n', "", 1, "severity", "Add severity"),
        ("cwe = [327]", "cwe = []", 4, "cwe", "cwe = [295]"),
        ('title = "A weak thing"', f'title = "{"x" * 61}"', 7, "61 characters", "60"),
        ('message = "{callee}', 'message = "{calle}', 8, "{calle}", "callee"),
        ('instead = "strong()"', 'instead = " "', 13, "instead", "Add"),
        ("references", "refrences", 14, "refrences", "references"),
        ('id = "weak-thing"', 'id = "weak-things"', 2, "weak-things", "weak-thing"),
        ('family = "odd"', 'family = "even"', 3, "even", "odd"),
        ('language = ["python"]\ncall', 'language = ["pyhton"]\ncall', 17, "pyhton", "python"),
        ("{old,older}}", "{old,older}", 18, "braces", "{a,b}"),
        ("lt:10", "lt:ten", 19, "number", "lt:2048"),
        ("falsy", "falsey", 19, "falsey", "truthy"),
        ("is:x", "re:(?=x)", 19, "RE2", "RE2 syntax"),
        ('kind = "mechanical"', 'kind = "magic"', 20, "magic", "behavioural"),
        ('callee = "thing.strong", ', "", 20, "changes nothing", "callee"),
        ("call = [", "text = [", 18, "keywords", "one must occur"),
        (
            '[[test]]\nlanguage = "python"\ndisguise = "getattr"',
            '[[test]]\nlanguage = "python"',
            2,
            "disguised",
            "disguise =",
        ),
        ("format = 1", "format = 2", 1, "format", "format = 1"),
        ("cwe = [327]", "cwe = [327", 5, "not TOML", "Mend"),
        ('instead = "strong()"', "instead = 3", 13, "must be a string", "string"),
    ],
)
def test_problem_is_named_with_line_and_remedy(queries, old, new, line, message, remedy):  # noqa: PLR0917  a table
    assert old in RULE
    found = problems(queries, RULE.replace(old, new, 1))
    assert any(
        one.line == line and message in one.message and remedy in one.remedy and one.file.endswith("weak-thing.toml")
        for one in found
    ), found


def test_all_problems_of_all_files_at_once(queries):
    write(queries, "rules/odd/other.toml", "format = 1\nid = 3\n")
    found = problems(queries, RULE.replace('"high"', '"hi"').replace('"medium"', '"mid"'))
    assert {one.file.rsplit("/", 1)[-1] for one in found} == {"other.toml", "weak-thing.toml"}
    assert sum("not known" in one.message for one in found) == 2


def test_two_kinds_in_one_match(queries):
    found = problems(queries, RULE.replace("call = [", 'assign = ["a"]\ncall = ['))
    assert any("exactly one" in one.message and one.line == 16 for one in found)


def test_inherited_language(queries):
    write(
        queries, "languages/snake/language.toml", LANGUAGE.replace(".py", ".sn") + 'inherits = "python"\npure = ["f"]\n'
    )
    write(queries, "languages/snake/facts.scm", "(more) @more")
    snake = read_catalogue(queries).languages["snake"]
    assert snake.facts == "(call) @call\n(more) @more"
    assert snake.extensions == (".sn",)


def test_languages_that_inherit_in_a_circle_or_from_nobody(queries):
    write(queries, "languages/a/language.toml", LANGUAGE + 'inherits = "b"\n')
    write(queries, "languages/b/language.toml", LANGUAGE + 'inherits = "a"\n')
    found = problems(queries, LANGUAGE + 'inherits = "nobody"\n', "languages/c/language.toml")
    assert sorted(one.file.split("/")[-2] for one in found) == ["a", "b", "c"]


def test_braces():
    assert expand("a.{b,c}.{d,e}") == ("a.b.d", "a.b.e", "a.c.d", "a.c.e")
    assert expand("{a.{b,c},d}") == ("a.b", "d", "a.c")
    with pytest.raises(ValueError, match="a"):
        expand("a{b")
    with pytest.raises(ValueError, match="0"):
        expand("{0,1,2,3,4,5,6,7,8,9}" * 6)


def test_braces_in_predicates(queries):
    write(queries, "rules/odd/weak-thing.toml", RULE.replace('"is:x", "falsy"', '"is:a.{b,c}", "re:x{1,2}", "is:{}"'))
    (match,) = read_catalogue(queries).rules["weak-thing"].matches
    assert match.where["0|mode"] == ("is:a.b", "is:a.c", "re:x{1,2}", "is:{}")


@pytest.mark.parametrize("predicate", ["not:is:{a,b}", "has:{a,b"])
def test_braces_in_predicates_that_do_not_fit(queries, predicate):
    found = problems(queries, RULE.replace('"is:x"', f'"{predicate}{{c,d}}"'))
    assert any(predicate in one.message for one in found)


def test_lines_of_keys():
    text = textwrap.dedent('''\
        a = 1
        [[m]]
        b = """
        c = 2
        """
        [m.fix]
        d = 3
        [[m]]
        "e.f" = 4
    ''')
    lines = key_lines(text)
    assert lines["a",] == 1
    assert ("c",) not in lines
    assert lines["m", 0, "fix", "d"] == 7
    assert lines["m", 1, "e.f"] == 9


def test_checkout_is_compiled_once_and_again_when_it_changes(queries, tmp_path, monkeypatch):
    monkeypatch.setattr(store, "_cache_file", cache_in(tmp_path / "cache"))
    first = store._from_checkout(queries)
    monkeypatch.setattr(store, "compile_catalogue", refuse)
    assert store._from_checkout(queries) == first
    monkeypatch.undo()
    monkeypatch.setattr(store, "_cache_file", cache_in(tmp_path / "cache"))
    write(queries, "rules/odd/weak-thing.toml", RULE.replace("A weak thing", "Another"))
    assert store._from_checkout(queries).rules["weak-thing"].title == "Another"


def cache_in(folder):
    return lambda queries: folder / store._digest(store._data_files(queries), queries)


def refuse(_queries):
    raise AssertionError("The cache was not used.")


def test_unwritable_or_damaged_cache_is_no_error(queries, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(store, "_cache_file", lambda _: tmp_path / "file" / "cache.bin")
    assert store._from_checkout(queries).rules
    (tmp_path / "broken.bin").write_bytes(b"\x00\x01")
    monkeypatch.setattr(store, "_cache_file", lambda _: tmp_path / "broken.bin")
    assert store._from_checkout(queries).rules
