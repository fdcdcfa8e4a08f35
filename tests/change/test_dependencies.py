"""Imports against what a project declares: unknown ones, near misses, and everything that is silent."""

import pytest

from gifthorse.change.nearness import distance, nearest
from gifthorse.change.pairtest import changed
from gifthorse.engine.ruletest import apply_fixes
from gifthorse.model.dependency import Declared
from gifthorse.store.catalogue import load_catalogue

CATALOGUE = load_catalogue()
PYTHON = Declared(
    "python", ("pyproject.toml",), frozenset({"pyyaml", "opencv-python", "acme-billing"}), frozenset({"shop"})
)
SCRIPT = Declared("javascript", ("package.json",), frozenset({"react", "@acme/ui"}), frozenset({"~lib", "@app"}))


def found(path, line, declared, before="x = 1\n"):
    said = changed(path, before, line + "\n" + before, CATALOGUE, declared)
    return {one.rule: one for one in said if one.rule.endswith("-dependency")}


@pytest.mark.parametrize(
    "line",
    [
        "import os.path",
        "import yaml",
        "import cv2",
        "from acme_billing import x",
        "import acme.billing",
        "import shop.cart",
        "from .x import y",
        "from __future__ import annotations",
    ],
)
def test_what_is_known_is_silent(line):
    assert not found("a.py", line, PYTHON)


def test_what_nothing_declares_is_said_with_the_manifest_and_the_package():
    one = found("a.py", "import bs4", PYTHON)["unknown-dependency"]
    assert "pyproject.toml does not declare bs4 (the package beautifulsoup4)" in one.message
    assert one.severity == "low"
    other = found("a.py", "import wizard_of_invoices", PYTHON)["unknown-dependency"]
    assert "no well-known name" in other.message
    assert other.severity == "medium"


def test_what_is_only_tried_is_a_hint():
    one = found("a.py", "try:\n    import wizard_of_invoices\nexcept ImportError:\n    pass", PYTHON)[
        "unknown-dependency"
    ]
    assert one.confidence == "low"


@pytest.mark.parametrize(
    ("line", "meant"),
    [("import reqeusts", "requests"), ("import acme_biling", "acme-billing"), ("import billing_acme", "acme-billing")],
)
def test_near_misses_of_declared_and_well_known_names(line, meant):
    said = found("a.py", line, PYTHON)
    assert meant in said["near-miss-dependency"].message
    assert "unknown-dependency" not in said


@pytest.mark.parametrize(
    "line",
    [
        "import a from '@acme/ui/button'",
        "import a from '~lib/x'",
        "import a from '@app/x'",
        "import 'node:fs'",
        "import x from '#own'",
    ],
)
def test_aliases_and_scopes_of_scripts_are_silent(line):
    assert not found("a.ts", line, SCRIPT, "let x = 1\n")


@pytest.mark.parametrize(("name", "meant"), [("acme-ui", "@acme/ui"), ("raect", "react")])
def test_scopes_are_not_confused(name, meant):
    said = found("a.ts", f"import x from '{name}'", SCRIPT, "let x = 1\n")
    assert meant in said["near-miss-dependency"].message


def test_without_a_manifest_only_near_misses_of_the_best_known_names_are_said():
    bare = Declared("python")
    assert not found("a.py", "import wizard_of_invoices", bare)
    assert found("a.py", "import reqeusts", bare)["near-miss-dependency"].confidence == "low"


def test_an_import_that_was_there_before_is_not_said():
    assert not found("a.py", "import wizard_of_invoices\n", PYTHON, "import wizard_of_invoices\n")


@pytest.mark.parametrize(
    ("pair", "apart"), [(("abcd", "abdc"), 1), (("abcd", "abd"), 1), (("abcd", "xbcy"), 2), (("abcd", "wxyz"), 3)]
)
def test_distance(pair, apart):
    assert distance(*pair, 2) == apart


def test_a_name_that_is_used_itself_is_no_near_miss():
    assert nearest("preact", ["react", "preact"]) in {"", "react"}
    assert nearest("lodash", ["lodash", "loadsh"]) == ""
    assert nearest("ab", ["abc"]) == ""


def test_what_is_known_says_where_it_is_from():
    for packages in CATALOGUE.packages.values():
        assert packages.source
        assert packages.date >= "2026"
        assert len(packages.known.split()) >= 1_000
        assert len(set(packages.known.split())) == len(packages.known.split())


def test_import_names_that_differ_from_packages_are_known():
    imports = {name: packages.imports for name, packages in CATALOGUE.packages.items()}
    assert len([one for one, known in imports["python"].items() if one.replace("_", "-").lower() not in known]) >= 400
    assert all(len(imports[name]) >= 200 for name in ("java", "php", "csharp", "ruby"))
    assert all(":" in known[0] for known in imports["java"].values() if "." in known[0])


def risky(file, before, after):
    """What is said of the entries and hooks of a manifest that is not so before."""
    return {one.message for one in changed(file, before, after, CATALOGUE) if one.rule == "manifest-entry-risky"}


@pytest.mark.parametrize(
    ("file", "before", "after", "said"),
    [
        ("requirements.txt", "a==1\n", "a==1\nthing\n", "thing is asked for in any version"),
        ("requirements.txt", "", "thing @ https://example.org/thing.zip\n", "thing comes from an address"),
        ("setup.cfg", "[options]\n", "[options]\ninstall_requires =\n  thing\n", "thing is asked for in any version"),
        ("setup.py", "setup()\n", "setup(cmdclass={'install': Mine})\n", "cmdclass runs at every installation"),
        ("pyproject.toml", "", '[build-system]\nbuild-backend = "b"\nbackend-path = ["."]\n', "backend-path runs"),
        ("Pipfile", "[packages]\n", '[packages]\nthing = "*"\n', "thing is asked for in any version"),
        ("environment.yml", "dependencies:\n", "dependencies:\n  - thing\n", "thing is asked for in any version"),
        ("package.json", "{}", '{"trustedDependencies": ["thing"]}', "thing runs at every installation"),
        ("package.json", "{}", '{"scripts": {"postinstall": "node x.js"}}', "postinstall runs at every installation"),
        (
            "go.mod",
            "module a.org/b\n",
            "module a.org/b\nreplace x.org/y => z.org/y v1.0.0\n",
            "x.org/y comes from a repo",
        ),
        ("Cargo.toml", "[package]\n", '[package]\nbuild = "build.rs"\n', "build runs at every build: build.rs"),
        ("Gemfile", "", "gem 'thing'\n", "thing is asked for in any version"),
        ("Gemfile", "", "gem 'thing', '1', source: 'http://gems.example.org'\n", "thing comes from an address"),
        ("a.gemspec", "", "s.extensions = ['ext/extconf.rb']\n", "extensions runs at every installation"),
        ("composer.json", "{}", '{"scripts": {"post-install-cmd": "php x.php"}}', "post-install-cmd runs"),
        ("composer.json", "{}", '{"config": {"allow-plugins": true}}', "allow-plugins runs"),
        ("composer.json", "{}", '{"require": {"a/thing": "2.x-dev"}}', "a/thing is asked for as 2.x-dev"),
        (
            "pom.xml",
            "<project></project>",
            "<project><dependency><groupId>a.b</groupId><artifactId>c</artifactId><version>1-SNAPSHOT</version></dependency></project>",
            "a.b:c is asked for as 1-SNAPSHOT",
        ),
        (
            "pom.xml",
            "<project></project>",
            "<project><dependency><groupId>a.b</groupId><artifactId>c</artifactId><scope>system</scope><systemPath>/x/c.jar</systemPath></dependency></project>",
            "a.b:c is a file that lies about",
        ),
        ("build.gradle", "", "exec { commandLine 'sh', 'x.sh' }\n", "commandLine runs at every build"),
        (
            "a.csproj",
            "<Project></Project>",
            '<Project><Target><Exec Command="x.exe" /></Target></Project>',
            "Exec runs at every build: x.exe",
        ),
        (
            "a.csproj",
            "<Project></Project>",
            '<Project><PackageReference Include="A.B" Version="*" /></Project>',
            "A.B is asked for in any version",
        ),
    ],
)
def test_entries_that_can_be_anything_are_said_in_every_ecosystem(file, before, after, said):
    others = {one.message for one in changed(file, before, after, CATALOGUE)}
    assert any(said in message for message in risky(file, before, after)), others
    assert not risky(file, after, after)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("requirements.txt", "thing==1\n"),
        ("package.json", '{"dependencies": {"thing": "^1.2.0", "other": "workspace:*", "third": "catalog:"}}'),
        ("go.mod", "module a.org/b\nrequire x.org/y v1.0.0\nreplace x.org/y => ../y\n"),
        ("Cargo.toml", '[dependencies]\nthing = "1"\nother = { workspace = true }\nthird = { path = "../x" }\n'),
        ("pom.xml", "<project><dependency><groupId>a.b</groupId><artifactId>c</artifactId></dependency></project>"),
        ("a.csproj", '<Project><PackageReference Include="A.B" /></Project>'),
        (
            "composer.json",
            '{"require": {"php": "*", "ext-json": "*", "a/b": "^1"}, "config": {"allow-plugins": {"a/b": true}}}',
        ),
    ],
)
def test_entries_that_say_what_they_want_are_silent(file, text):
    assert not risky(
        file,
        {"json": "{}", "xml": "<project></project>", "csproj": "<Project></Project>"}.get(file.split(".")[-1], ""),
        text,
    )


@pytest.mark.parametrize(
    ("file", "before", "after", "meant"),
    [
        ("requirements.txt", "", "reqeusts==2\n", "requests"),
        ("package.json", "{}", '{"dependencies": {"lodahs": "^4.0.0"}}', "lodash"),
        ("package.json", "{}", '{"dependencies": {"express-express": "^4.0.0"}}', "express"),
        ("package.json", "{}", '{"dependencies": {"types-node": "^20.0.0"}}', "@types/node"),
        (
            "package.json",
            '{"dependencies": {"ourbilling": "1.0.0"}}',
            '{"dependencies": {"ourbilling": "1.0.0", "ourbiling": "1.0.0"}}',
            "ourbilling",
        ),
        (
            "go.mod",
            "module a.org/b\n",
            "module a.org/b\nrequire gitlab.com/spf13/cobra v1.8.0\n",
            "github.com/spf13/cobra",
        ),
        ("Cargo.toml", "[dependencies]\n", '[dependencies]\nserde_jsno = "1"\n', "serde_json"),
        ("Gemfile", "", "gem 'nokogirl', '1'\n", "nokogiri"),
        ("composer.json", "{}", '{"require": {"guzzlehttp/guzle": "^7"}}', "guzzlehttp/guzzle"),
        (
            "build.gradle",
            "",
            "dependencies { implementation 'org.fasterxml.jackson.core:jackson-databind:2.17.0' }\n",
            "com.fasterxml.jackson.core:jackson-databind",
        ),
        (
            "a.csproj",
            "<Project></Project>",
            '<Project><PackageReference Include="Newtonsoft.Jsn" Version="13.0.3" /></Project>',
            "Newtonsoft.Json",
        ),
    ],
)
def test_entries_with_nearly_another_name_are_said(file, before, after, meant):
    said = [one for one in changed(file, before, after, CATALOGUE) if one.rule == "near-miss-dependency"]
    assert [meant in one.message for one in said] == [True]
    assert said[0].fixes


def test_an_entry_is_taken_out_with_its_comma():
    before = '{\n  "dependencies": {\n    "react": "^18.0.0"\n  }\n}\n'
    after = '{\n  "dependencies": {\n    "react": "^18.0.0",\n    "lodahs": "^4.0.0"\n  }\n}\n'
    (one,) = [one for one in changed("package.json", before, after, CATALOGUE) if one.rule == "near-miss-dependency"]
    assert apply_fixes(after.encode(), [one.fixes[-1]]).decode() == before


@pytest.mark.parametrize(
    ("path", "text", "left"),
    [
        ("a.py", "import os, wizard_kit, sys\nx = 1\n", "import os, sys\nx = 1\n"),
        ("a.py", "import wizard_kit, sys\nx = 1\n", "import sys\nx = 1\n"),
        ("a.py", "from wizard_kit import (\n    a,\n    b,\n)\nx = 1\n", "x = 1\n"),
        ("a.ts", "import {\n  a,\n  b,\n} from 'wizard-kit'\nlet x = 1\n", "let x = 1\n"),
        ("a.ts", "const a = require('wizard-kit')\nlet x = 1\n", "let x = 1\n"),
        ("a.rs", "use wizard_kit::{\n    a,\n};\nfn f() {}\n", "fn f() {}\n"),
    ],
)
def test_an_import_is_taken_out_whole(path, text, left):
    told = SCRIPT if path.endswith("ts") else Declared("rust", ("Cargo.toml",)) if path.endswith("rs") else PYTHON
    (one,) = [one for one in changed(path, left, text, CATALOGUE, told) if one.rule == "unknown-dependency"]
    fix = next(fix for fix in one.fixes if fix.title.startswith("Remove"))
    assert apply_fixes(text.encode(), [fix]).decode() == left


def test_the_name_that_was_meant_is_written_as_it_is_imported():
    one = found("a.py", "from pyyam1 import load", PYTHON)["near-miss-dependency"]
    assert [edit.new for edit in one.fixes[0].edits] == [b"yaml"]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("@types/tap", "@types/tmp"),
        ("@tsconfig/node18", "@tsconfig/node10"),
        ("flask-script", "flask-bcrypt"),
        ("dagster-dlt", "dagster-dbt"),
        ("@vercel/ncc", "@vercel/nft"),
    ],
)
def test_members_of_a_family_are_no_near_misses(name, other):
    assert nearest(name, [other]) == ""


def test_a_block_of_metadata_that_is_damaged_leaves_unknown_names_alone():
    script = "# /// script\n# dependencies = [\n# ///\nimport wizard_of_invoices"
    assert not found("a.py", script, PYTHON)


def test_code_that_names_a_package_is_not_taken_out():
    told = Declared("rust", ("Cargo.toml",))
    after = "fn f() {\n    let a = wizard_kit::get(1);\n}\n"
    (one,) = [one for one in changed("a.rs", "fn f() {}\n", after, CATALOGUE, told) if one.rule == "unknown-dependency"]
    assert not one.fixes
