"""Knowledge files: what is right becomes values, what is wrong is named with line and remedy."""

import pytest

from gifthorse.model.finding import Confidence
from gifthorse.model.knowledge import Alias, Propagator
from gifthorse.store.catalogue import compile_catalogue, decode_catalogue, read_catalogue
from gifthorse.store.knowledgefile import read_knowledge
from gifthorse.store.table import CatalogueError

LANGUAGE = 'grammar = "tree_sitter_python:language"\nextensions = [".py"]\nline_comments = ["#"]\n'
LIBRARY = """\
format = 1
library = "web"

[[source]]
label = "request"
read = ["web.request.{args,form}"]
[[source]]
label = "file"
call = ["web.read_into"]
to = "1"
[[handler]]
given_to = ["web.App().get"]
parameters = { "0" = "web.Request()", "*" = "label:request" }
[[handler]]
parameter_annotated = ["web.Query"]
label = "request"
[[sink]]
label = "sql"
call = ["**.execute"]
argument = "0|query"
where = { 0 = "built" }
confidence = "low"
[[sanitizer]]
call = ["web.escape"]
clears = ["html"]
[[sanitizer]]
check = ["web.is_bad"]
argument = "receiver"
holds = false
clears = ["*"]
[[propagator]]
call = ["web.copy"]
from = ["0"]
to = ["1"]
[[alias]]
name = "web.globals.request"
is = "web.request"
"""


def read(text, language="python"):
    return read_knowledge("web.toml", text, language, frozenset({"python", "go"}))


def test_knowledge_becomes_values():
    found, problems = read(LIBRARY)
    assert not problems
    assert found.sources[0].read == ("web.request.args", "web.request.form")
    assert found.sources[1].to == "1"
    assert found.handlers[0].parameters == {"0": "web.Request()", "*": "label:request"}
    assert found.sinks[0].confidence is Confidence.LOW
    assert found.sinks[0].where == {"0": ("built",)}
    assert not found.sanitizers[1].holds
    assert found.propagators == (Propagator(("web.copy",), ("0",), ("1",)),)
    assert found.aliases == (Alias("web.globals.request", "web.request"),)


@pytest.mark.parametrize(
    ("old", "new", "line", "message", "remedy"),
    [
        ('label = "request"\nread', 'label = "requests"\nread', 5, "requests", "request"),
        ('label = "request"\nread', 'label = "parameter"\nread', 5, "parameter", "request"),
        ('read = ["web', 'raed = ["web', 6, "raed", "read"),
        ("{args,form}", "{args,form", 6, "braces", "{a,b}"),
        ('call = ["web.read_into"]\n', "", 9, "no `call`", "drop"),
        ('parameters = { "0"', 'parameter = { "0"', 12, "what arrives", "parameters"),
        ("label:request", "label:requset", 13, "requset", "request"),
        ('label = "request"\n[[sink]]', "[[sink]]", 14, "label", "Add"),
        ('label = "sql"', 'label = "sequel"', 18, "sequel", "sql"),
        ('0 = "built"', '0 = "biult"', 21, "biult", "built"),
        ('confidence = "low"', 'confidence = "lo"', 22, "lo", "low"),
        ('clears = ["html"]', 'clears = ["htlm"]', 25, "htlm", "html"),
        ('clears = ["*"]', "clears = []", 30, "clears", "*"),
        ('check = ["web.is_bad"]', 'call = ["web.is_bad"]', 28, "argument", "check"),
        ('from = ["0"]\n', "", 32, "`from`", "[]"),
        ('is = "web.request"', "", 35, "`is`", "Add"),
        ("format = 1", "format = 9", 1, "format", "format = 1"),
        ('library = "web"', 'library = "web', 2, "not TOML", "Mend"),
    ],
)
def test_problem_is_named_with_line_and_remedy(old, new, line, message, remedy):
    assert old in LIBRARY
    _, problems = read(LIBRARY.replace(old, new, 1))
    assert any(one.line == line and message in one.message and remedy in one.remedy for one in problems), problems


def test_folder_must_be_a_language():
    _, problems = read(LIBRARY, "pyhton")
    assert any("pyhton" in one.message and "python" in one.remedy for one in problems)


def write(root, name, text):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_knowledge_is_compiled_with_the_rules(tmp_path):
    write(tmp_path, "languages/python/language.toml", LANGUAGE)
    write(tmp_path, "knowledge/python/web.toml", LIBRARY)
    read_before = read_catalogue(tmp_path)
    assert [one.library for one in read_before.knowledge] == ["web"]
    assert decode_catalogue(compile_catalogue(tmp_path)) == read_before
    write(tmp_path, "knowledge/python/web.toml", LIBRARY.replace("web.escape", "web.quote"))
    assert read_catalogue(tmp_path).version != read_before.version
    write(tmp_path, "knowledge/python/web.toml", "format = 2")
    with pytest.raises(CatalogueError, match=r"web\.toml:1"):
        read_catalogue(tmp_path)
