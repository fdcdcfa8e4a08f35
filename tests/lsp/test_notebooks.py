"""Notebooks over stdio: every cell is a document with Regions and diagnostics, analysed in the order of the notebook."""

import pytest
from desk import Client

from gifthorse.engine.magics import language_in, without_magics

IMPORTS = "import requests\nurl = 'https://example.com/'"
RISKY = "requests.get(url, verify=False, timeout=5)"


class Notebook:
    """A notebook in the client: cells by name, with what the protocol wants to be told of them."""

    def __init__(self, editor, cells, name="book.ipynb", ids=True):
        self.editor = editor
        self.uri = editor.uri(name)
        self.base = f"vscode-notebook-cell:{editor.root.as_posix()}/{name}"
        self.version = 1
        self.ids = ids
        items = [self.item(cell, *content) for cell, content in cells.items()]
        editor.notify(
            "notebookDocument/didOpen",
            {
                "notebookDocument": {
                    "uri": self.uri,
                    "notebookType": "jupyter-notebook",
                    "version": 1,
                    "cells": [self.cell(cell) for cell in cells],
                },
                "cellTextDocuments": items,
            },
        )

    def at(self, cell):
        return f"{self.base}#{cell}"

    def cell(self, cell):
        return {"kind": 2, "document": self.at(cell), "metadata": {"id": f"id-{cell}"} if self.ids else {}}

    def item(self, cell, text, language="python"):
        self.editor.versions[self.at(cell)] = 1
        return {"uri": self.at(cell), "languageId": language, "version": 1, "text": text}

    def change(self, **cells):
        self.version += 1
        identifier = {"uri": self.uri, "version": self.version}
        self.editor.notify("notebookDocument/didChange", {"notebookDocument": identifier, "change": {"cells": cells}})

    def add(self, at, cell, text):
        structure = {"array": {"start": at, "deleteCount": 0, "cells": [self.cell(cell)]}}
        self.change(structure={**structure, "didOpen": [self.item(cell, text)]})

    def move(self, cell, start, to):
        self.change(structure={"array": {"start": start, "deleteCount": 1}})
        self.change(structure={"array": {"start": to, "deleteCount": 0, "cells": [self.cell(cell)]}})

    def remove(self, at, cell):
        gone = {"array": {"start": at, "deleteCount": 1}, "didClose": [{"uri": self.at(cell)}]}
        self.change(structure=gone)

    def edit(self, cell, start, end, text):
        uri = self.at(cell)
        self.editor.versions[uri] += 1
        change = {"range": self.editor.span(start, end), "text": text}
        document = {"uri": uri, "version": self.editor.versions[uri]}
        self.change(textContent=[{"document": document, "changes": [change]}])

    def close(self, *cells):
        identifiers = [{"uri": self.at(cell)} for cell in cells]
        self.editor.notify(
            "notebookDocument/didClose", {"notebookDocument": {"uri": self.uri}, "cellTextDocuments": identifiers}
        )

    def rules(self, cell, wanted):
        """The rules of this cell's diagnostics, once they are those that are wanted."""
        found = self.editor.diagnostics(self.at(cell), lambda items: [one.code for one in items] == wanted)
        return [(one.range.start.line, one.range.start.character) for one in found]


def test_the_server_offers_to_synchronise_notebooks(editor):
    (selector,) = editor.start().notebook_document_sync.notebook_selector
    assert selector.notebook == "*"


def test_a_finding_stands_in_its_own_cell_and_knows_the_cells_above(editor):
    editor.start()
    book = Notebook(editor, {"a": (IMPORTS,), "b": ("# é\n" + RISKY,), "c": ("# Words", "markdown")})
    assert book.rules("b", ["tls-verify-off"]) == [(1, 0)]
    assert book.rules("a", []) == []


def test_an_edit_of_one_cell_counts_in_those_below(editor):
    editor.start()
    book = Notebook(
        editor,
        {"a": ("check = True",), "b": ("import requests",), "c": ("requests.get(URL, verify=check, timeout=5)",)},
    )
    book.rules("c", [])
    book.edit("a", (0, 8), (0, 12), "False")
    assert book.rules("c", ["tls-verify-off"]) == [(0, 0)]


def test_cells_that_come_go_and_move(editor):
    editor.start()
    book = Notebook(editor, {"a": (IMPORTS,), "b": ("print(url)",)})
    book.rules("b", [])
    book.add(1, "new", RISKY)
    assert book.rules("new", ["tls-verify-off"]) == [(0, 0)]
    book.remove(1, "new")
    editor.wait(
        "textDocument/publishDiagnostics",
        lambda one: one.uri == book.at("new") and one.version is None and not one.diagnostics,
    )
    book.edit("b", (0, 0), (0, 10), RISKY)
    assert book.rules("b", ["tls-verify-off"]) == [(0, 0)]


def test_a_cell_has_regions_and_they_are_found_again_wherever_it_stands(editor, launch):
    editor.start()
    book = Notebook(editor, {"a": (IMPORTS,), "b": ("",)})
    book.edit("b", (0, 0), (0, 0), RISKY)
    editor.inserted(book.at("b"), (0, 0), (0, len(RISKY)))
    error = 1
    editor.diagnostics(book.at("b"), lambda items: [one.severity for one in items] == [error])
    (region,) = editor.regions(book.at("b"))
    assert (region.uri, region.origin.tool) == (book.at("b"), "copilot")
    editor.stop()
    again = launch()
    again.start()
    other = Notebook(again, {"a": (IMPORTS,), "x": ("1 + 1",), "b": (RISKY,)})
    other.base += "?again"
    assert [one.id for one in again.regions()] == [region.id]


def test_a_notebook_that_is_renamed_keeps_the_regions_of_its_cells(editor):
    editor.start()
    book = Notebook(editor, {"a": (IMPORTS,), "b": (RISKY,)})
    editor.inserted(book.at("b"), (0, 0), (0, len(RISKY)))
    (region,) = editor.regions(book.at("b"))
    book.close("a", "b")
    renamed = {"oldUri": editor.uri("book.ipynb"), "newUri": editor.uri("other.ipynb")}
    editor.notify("workspace/didRenameFiles", {"files": [renamed]})
    other = Notebook(editor, {"x": ("1 + 1",), "b": (RISKY,)}, name="other.ipynb")
    assert [one.id for one in editor.regions(other.at("b"))] == [region.id]


def test_a_change_that_cannot_be_read_leaves_no_cell_clean(tmp_path):
    client = Client(tmp_path)
    client.start()
    notebook, cell = "file:///book.ipynb", "cell:1"
    item = {"uri": cell, "languageId": "python", "version": 1, "text": "x = 1"}
    book = {"uri": notebook, "notebookType": "x", "version": 1, "cells": [{"kind": 2, "document": cell}]}
    client.notify("notebookDocument/didOpen", {"notebookDocument": book, "cellTextDocuments": [item]})
    client.analyse(f"{notebook}#python")
    assert client.published(cell)[-1]["diagnostics"] == []
    broken = {"notebookDocument": {"uri": notebook, "version": 2}, "change": {"cells": {"textContent": 3}}}
    client.notify("notebookDocument/didChange", broken)
    (shown,) = client.published(cell)[-1]["diagnostics"]
    assert shown["code"] == "not-analysed"


def test_a_notebook_that_is_opened_twice_is_what_it_was_last(editor):
    editor.start()
    Notebook(editor, {"a": (IMPORTS,), "b": (RISKY,)})
    book = Notebook(editor, {"a": ("x = 1",), "b": (IMPORTS + "\n" + RISKY,)})
    assert book.rules("b", ["tls-verify-off"]) == [(2, 0)]


def test_a_cell_without_an_id_is_remembered_as_long_as_it_is_open(editor):
    editor.start()
    book = Notebook(editor, {"a": (RISKY,)}, ids=False)
    editor.inserted(book.at("a"), (0, 0), (0, len(RISKY)))
    assert len(editor.regions(book.at("a"))) == 1
    book.close("a")
    assert editor.regions(book.at("a")) == []


def test_a_fix_and_the_steps_of_a_finding_stay_in_their_cells(editor):
    editor.start(
        {
            "general": {"positionEncodings": ["utf-8"]},
            "textDocument": {"publishDiagnostics": {"relatedInformation": True}},
        }
    )
    book = Notebook(editor, {"a": ("import requests, os\nname = input()",), "b": (RISKY,), "c": ("os.system(name)",)})
    (found,) = editor.diagnostics(book.at("c"), bool)
    places = {one.location.uri for one in found.related_information or ()}
    assert book.at("a") in places
    actions = editor.request(
        "textDocument/codeAction",
        {
            "textDocument": {"uri": book.at("b")},
            "range": editor.span((0, 0), (0, 3)),
            "context": {"diagnostics": [], "only": ["quickfix"]},
        },
    )
    fix = next(one for one in actions if one.title.startswith("Remove verify="))
    (change,) = [*(fix.edit.document_changes or ()), *(fix.edit.changes or {})]
    uri = change if isinstance(change, str) else change.text_document.uri
    assert uri == book.at("b")


def test_a_magic_says_what_language_a_cell_is_in(editor):
    editor.start()
    shell = "%%bash\ncurl -k https://example.com/"
    book = Notebook(
        editor, {"a": ("%matplotlib inline\n!pip install requests\n" + IMPORTS,), "b": (shell,), "c": (RISKY,)}
    )
    assert book.rules("c", ["tls-verify-off"]) == [(0, 0)]
    assert book.rules("b", ["tls-verify-off"]) == [(1, 0)]
    assert book.rules("a", []) == []


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        ("%time x = 1", "#time x = 1"),
        ("  !ls é", "  #ls é"),
        ("out = !ls -l", "out = 0#s -l"),
        ("df?", "#f?"),
        ("x = a %b", "x = a %b"),
        ("y = (a\n% b)", "y = (a\n% b)"),
        ("%%time\nf()", "#%time\nf()"),
        ("%%bash\nls", "      \nls"),
        ("%%html", "      "),
        ("a != b", "a != b"),
    ],
)
def test_magics_are_no_python_and_nothing_moves(cell, plain):
    assert without_magics(cell.encode(), "python") == plain.encode()


def test_a_cell_of_another_language_is_left_alone():
    assert without_magics(b"!x\n%y", "ruby") == b"!x\n%y"
    assert (language_in(b"%%bash\nls", "python"), language_in(b"%%sql\nx", "python")) == ("shellscript", "plaintext")
