"""Where references lead: real files in a folder, and what must never be read."""

import os

import pytest

from gifthorse.store.catalogue import load_catalogue
from gifthorse.workspace import modules
from gifthorse.workspace.modules import Modules, root_for

LANGUAGES = load_catalogue().languages


@pytest.fixture
def tree(tmp_path):
    root = tmp_path.resolve() / "root"

    def write(*names):
        for name in names:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(f"module example.com/{root.name}\n" if name.endswith("go.mod") else name)
        return root

    return write


def led(root, name, reference):
    shelves = Modules(LANGUAGES, lambda _: root)
    language = next(one for one in LANGUAGES.values() if name.endswith(one.extensions))
    [(said, places)] = shelves.lead(str(root / name), language.name, (reference,))
    assert said == reference
    return [os.path.relpath(place, root).replace(os.sep, "/") for place in places]


FILES = {
    "python": (
        "app.py",
        "pkg/__init__.py",
        "pkg/db.py",
        "pkg/sub/__init__.py",
        "pkg/sub/x.py",
        "src/lib.py",
        "pkg/json.py",
    ),
    "javascript": ("app.js", "db.js", "lib/index.ts", "lib/x.tsx", "src/deep/y.js", "lodash.js", "package.json"),
    "go": ("go.mod", "main.go", "flags.go", "main_test.go", "db/db.go", "db/more.go", "db/db_test.go"),
    "java": ("src/main/java/com/acme/Web.java", "src/main/java/com/acme/Db.java", "src/main/java/com/acme/io/Out.java"),
    "php": ("index.php", "db.php", "app/Models/User.php", "inc/x.php"),
    "ruby": ("app.rb", "lib/db.rb", "tools.rb"),
    "bash": ("run.sh", "lib.sh", "inc/more.sh"),
    "c": ("main.c", "db.h", "db.c", "include/net.h"),
    "kotlin": ("src/main/kotlin/a/App.kt", "src/main/kotlin/a/Db.kt"),
}
CASES = [
    ("app.py", "pkg", ["pkg/__init__.py"]),
    ("app.py", "pkg.db", ["pkg/db.py"]),
    ("app.py", "pkg.missing", []),
    ("app.py", "lib", ["src/lib.py"]),
    ("pkg/db.py", ".", ["pkg/__init__.py"]),
    ("pkg/db.py", ".sub", ["pkg/sub/__init__.py"]),
    ("pkg/sub/x.py", "..db", ["pkg/db.py"]),
    ("pkg/sub/x.py", "...app", ["app.py"]),
    ("pkg/sub/x.py", "." * 30 + "app", []),
    ("app.js", "./db", ["db.js"]),
    ("app.js", "./db.js", ["db.js"]),
    ("app.js", "./lib", ["lib/index.ts"]),
    ("lib/x.tsx", "../db", ["db.js"]),
    ("app.js", "@/deep/y", ["src/deep/y.js"]),
    ("app.js", "lodash", []),
    ("app.js", "", []),
    ("main.go", ":", ["flags.go", "main.go"]),
    ("main.go", "example.com/root/db", ["db/db.go", "db/more.go"]),
    ("db/db.go", "example.com/root", ["flags.go", "main.go"]),
    ("main.go", "example.com/rooted/db", []),
    ("main.go", "fmt", []),
    ("src/main/java/com/acme/Web.java", "com.acme.io.Out", ["src/main/java/com/acme/io/Out.java"]),
    ("src/main/java/com/acme/Web.java", ":Db", ["src/main/java/com/acme/Db.java"]),
    ("src/main/java/com/acme/Web.java", ":String", []),
    ("index.php", "db.php", ["db.php"]),
    ("inc/x.php", "db.php", ["db.php"]),
    ("index.php", "App.Models.User", ["app/Models/User.php"]),
    ("app.rb", "./tools", ["tools.rb"]),
    ("app.rb", "db", ["lib/db.rb"]),
    ("run.sh", "./lib.sh", ["lib.sh"]),
    ("inc/more.sh", "../lib.sh", ["lib.sh"]),
    ("main.c", "db.h", ["db.h", "db.c"]),
    ("main.c", "net.h", ["include/net.h"]),
    ("main.c", "<stdio.h>", []),
    ("src/main/kotlin/a/App.kt", ":", ["src/main/kotlin/a/App.kt", "src/main/kotlin/a/Db.kt"]),
]


@pytest.mark.parametrize(("name", "reference", "expected"), CASES, ids=[f"{name} {ref[:20]}" for name, ref, _ in CASES])
def test_where_a_reference_leads(tree, name, reference, expected):
    files = next(files for files in FILES.values() if name in files)
    assert led(tree(*files), name, reference) == expected


HOSTILE = [
    "../outside",
    "./../../outside",
    "/etc/passwd",
    "./../root/../outside",
    "a\0b",
    "./" + "../" * 500 + "x",
    "." * 5000,
    "x/" * 5000,
]


@pytest.mark.parametrize("reference", HOSTILE, ids=lambda one: repr(one[:20]))
@pytest.mark.parametrize("name", ["app.py", "app.js", "main.go", "index.php", "app.rb"])
def test_nothing_outside_of_the_root_is_found(tree, name, reference):
    root = tree(name, "go.mod")
    for ending in ("py", "js", "go", "php", "rb"):
        (root.parent / f"outside.{ending}").write_text("x = 1")
    assert led(root, name, reference) == []


def test_links_out_of_the_root_and_git_s_files_are_not_read(tree):
    root = tree("app.py", ".git/hooks.py", "pkg/x.py")
    (root.parent / "secret.py").write_text("x = 1")
    (root.parent / "outer").mkdir()
    (root.parent / "outer" / "deep.py").write_text("x = 1")
    (root / "linked.py").symlink_to(root.parent / "secret.py")
    (root / "folder").symlink_to(root.parent / "outer")
    (root / "inner.py").symlink_to(root / "pkg" / "x.py")
    (root / "round.py").symlink_to(root / "round.py")
    os.mkfifo(root / "pipe.py")
    for reference in ("linked", "folder.deep", ".git.hooks", "round", "pipe"):
        assert led(root, "app.py", reference) == []
    assert led(root, "app.py", "inner") == ["pkg/x.py"]
    shelves = Modules(LANGUAGES, lambda _: root)
    for place in (
        root / "linked.py",
        root.parent / "secret.py",
        root / ".git/hooks.py",
        root / "pipe.py",
        root / "no.py",
        root,
    ):
        assert shelves.text(str(place)) is None
    assert shelves.text(str(root / "pkg/x.py")) == b"pkg/x.py"


def test_large_files_and_very_many(tree, monkeypatch):
    root = tree("app.py", "big.py")
    (root / "big.py").write_bytes(b"#" * (modules.LARGEST + 1))
    shelves = Modules(LANGUAGES, lambda _: root)
    assert shelves.text(str(root / "big.py")) is None
    many = tuple(f"m{number}" for number in range(10_000))
    assert [reference for reference, _ in shelves.lead(str(root / "app.py"), "python", many)] == list(many)
    tree("go.mod", *(f"f{number}.go" for number in range(200)))
    assert len(led(root, "f1.go", ":")) == modules.MOST_FILES
    monkeypatch.setattr(modules, "MOST_FOLDERS", 2)
    assert led(root, "app.py", "a.b.c.d") == []


def test_a_file_that_comes_or_goes_is_noticed(tree):
    root = tree("app.py")
    shelves = Modules(LANGUAGES, lambda _: root)
    assert shelves.lead(str(root / "app.py"), "python", ("tools",)) == (("tools", ()),)
    tree("tools.py")
    os.utime(root, ns=(1, 1))
    place = str(root / "tools.py")
    assert shelves.lead(str(root / "app.py"), "python", ("tools",)) == (("tools", (place,)),)
    (root / "tools.py").unlink()
    assert shelves.text(place) is None
    os.utime(root, ns=(2, 2))
    assert shelves.lead(str(root / "app.py"), "python", ("tools",)) == (("tools", ()),)


def test_what_an_editor_has_counts(tree):
    root = tree("tools.py")
    shelves = Modules(LANGUAGES, lambda _: root, {str(root / "tools.py"): b"x = 2"}.get)
    assert shelves.text(str(root / "tools.py")) == b"x = 2"


def test_unknown_languages_and_files_without_a_root_have_libraries_only(tree):
    root = tree("app.py", "tools.py")
    assert Modules(LANGUAGES, lambda _: root).lead(str(root / "app.py"), "klingon", ("tools",)) == (("tools", ()),)
    shelves = Modules(LANGUAGES, lambda _: None)
    assert shelves.lead(str(root / "app.py"), "python", ("tools",)) == (("tools", ()),)
    assert shelves.text(str(root / "tools.py")) is None


def test_the_root_of_a_file(tmp_path):
    outer = tmp_path.resolve()
    (outer / "a" / "b" / "c").mkdir(parents=True)
    inner = outer / "a" / "b" / "c" / "x.py"
    assert root_for(inner, ()) == inner.parent
    assert root_for(inner, (outer / "a" / "b", outer / "a")) == outer / "a"
    (outer / "a" / "b" / ".git").mkdir()
    assert root_for(inner, (outer / "a",)) == outer / "a" / "b"
