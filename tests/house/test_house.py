"""The house checks itself: the dependency rule, names, sizes, and that the papers say what the code does."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "server" / "gifthorse"
MODULES = sorted(PACKAGE.rglob("*.py"))
BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
MOST_LINES = 320


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tracked_files() -> list[Path]:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


LINT = """
import sys
from importlinter.cli import lint_imports
sys.exit(lint_imports(config_filename=sys.argv[1], no_cache=True))
"""


def test_the_dependency_rule_holds():
    # In a process of its own: the linter sets logging up as it likes, which silences other tests' loggers.
    command = [sys.executable, "-P", "-c", LINT, str(ROOT / "pyproject.toml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_every_module_is_named_and_sized_as_the_house_wants(path):
    assert path.stem not in BANNED_NAMES
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_every_module_and_public_definition_says_what_it_is(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "the module has no docstring"
    public = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    assert [node.name for node in public if not ast.get_docstring(node)] == []


def test_tree_sitter_is_imported_in_one_place_only():
    importers = [
        relative(path) for path in MODULES if re.search(r"^(from|import) tree_sitter\b", path.read_text(), re.MULTILINE)
    ]
    assert importers == ["server/gifthorse/engine/syntax.py"]


def test_libgit2_is_imported_by_what_reads_git_only():
    importers = [
        relative(path) for path in MODULES if re.search(r"^\s*(from|import) pygit2\b", path.read_text(), re.MULTILINE)
    ]
    assert sorted(importers) == [
        f"server/gifthorse/store/{name}.py" for name in ("notes", "objects", "patchtext", "repository")
    ]


def test_lock_files_name_no_index_and_have_hashes():
    for lock in (ROOT / "requirements").glob("*.lock"):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text, lock.name
        assert "--hash=sha256:" in text


def test_npm_lock_files_name_no_address():
    locks = [path for path in tracked_files() if path.name == "package-lock.json"]
    assert locks
    for lock in locks:
        packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
        assert [name for name, package in packages.items() if "resolved" in package] == []
        assert all("integrity" in package for name, package in packages.items() if name and not package.get("link"))


def test_the_papers_link_only_to_what_is_there():
    for paper in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("editors/**/*.md")]:
        links = re.findall(r"\]\(([^)#:]+)\)", paper.read_text(encoding="utf-8"))
        assert [link for link in links if not (paper.parent / link).exists()] == [], paper.name


def test_nothing_tracked_carries_a_machine_path():
    machine = re.compile(rb"(?<![\w.])/(?:home|Users|work|root)/[\w.-]+/")
    allowed = ("tests/", "queries/rules/", "docs/")
    guilty = [
        relative(path)
        for path in tracked_files()
        if not relative(path).startswith(allowed) and machine.search(path.read_bytes())
    ]
    assert guilty == []


def test_every_command_of_help_is_in_the_readme():
    text = subprocess.run(
        [sys.executable, "-P", "-m", "gifthorse", "--help"], capture_output=True, text=True, check=True
    ).stdout
    commands = re.findall(r"^    (\w+) ", text, re.MULTILINE)
    assert {"lsp", "scan", "explain", "rules"} <= set(commands)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in commands if f"gifthorse {name}" not in readme and name != "worker"] == []


def test_the_version_is_the_same_everywhere():
    from gifthorse import __version__  # noqa: PLC0415

    package = json.loads((ROOT / "vscode-client" / "package.json").read_text(encoding="utf-8"))
    assert package["version"] == __version__
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
