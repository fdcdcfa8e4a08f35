"""Every format of a manifest says what it declares; those around a file count; what is damaged says nothing."""

import os
import time

import pytest

from gifthorse.change.manifest import all_ecosystems, read_manifest, reader_of
from gifthorse.store.catalogue import load_catalogue
from gifthorse.store.manifests import declared

PACKAGES = load_catalogue().packages

ASKED = {
    "pyproject.toml": (
        (
            '[project]\nname = "mine"\ndependencies = ["requests>=2", "a[b] @ git+https://x.org/a.git"]\n'
            '[project.optional-dependencies]\nx = ["flask"]\n[dependency-groups]\ndev = ["pytest"]\n'
            '[tool.poetry.dependencies]\npython = "^3.11"\nrich = { version = "14" }\n[tool.poetry.group.t.dependencies]\nmypy = "*"\n'
            '[tool.hatch.envs.e]\ndependencies = ["ruff"]\n[tool.pdm.dev-dependencies]\nq = ["tox"]\n'
        ),
        {"requests", "a", "flask", "pytest", "rich", "mypy", "ruff", "tox"},
    ),
    "dev-requirements.txt": (
        "# no\n-r other.txt\nrequests==2 \\\n --hash=sha256:1\n-e git+https://x.org/thing.git#egg=thing\n",
        {"requests", "thing"},
    ),
    "setup.cfg": (
        "[metadata]\nname = mine\n[options]\ninstall_requires =\n  requests>=2\n[options.extras_require]\nx = flask\n",
        {"requests", "flask"},
    ),
    "setup.py": ("from setuptools import setup\nsetup(name='mine', install_requires=['requests>=2'])\n", {"requests"}),
    "Pipfile": ('[packages]\nrequests = "*"\n[dev-packages]\npytest = {version = "*"}\n', {"requests", "pytest"}),
    "environment.yml": (
        "channels:\n  - forge\ndependencies:\n  - numpy=1.2\n  - pip:\n    - flask\n",
        {"numpy", "flask"},
    ),
    "package.json": (
        '{"name": "mine", "dependencies": {"a": "1"}, "devDependencies": {"@s/b": "git+ssh://x/y.git"},}',
        {"a", "@s/b"},
    ),
    "go.mod": (
        "module x.org/me\n\nrequire (\n\tx.org/a v1.0.0\n\tx.org/b/c v0.1.0 // indirect\n)\nrequire x.org/d v1.0.0\n",
        {"x.org/a", "x.org/b/c", "x.org/d"},
    ),
    "pom.xml": (
        "<project><groupId>org.me</groupId><dependencies><dependency><groupId>org.a</groupId><artifactId>b</artifactId><version>1</version></dependency></dependencies></project>",
        {"org.a:b"},
    ),
    "build.gradle.kts": (
        'dependencies {\n  implementation("org.a:b:1.0")\n  // implementation("org.no:no:1")\n}\n',
        {"org.a:b"},
    ),
    "libs.versions.toml": (
        '[libraries]\na = "org.a:b:1"\nc = { module = "org.c:d", version.ref = "x" }\n',
        {"org.a:b", "org.c:d"},
    ),
    "Cargo.toml": (
        '[package]\nname = "me"\n[dependencies]\nserde = "1"\nx = { git = "https://x.org/x" }\n[target.a.dependencies]\nlibc = "0.2"\n',
        {"serde", "x", "libc"},
    ),
    "Gemfile": ("gem 'rails', '~> 7'\n# gem 'no'\ngem \"x\", git: 'https://x.org/x.git'\n", {"rails", "x"}),
    "me.gemspec": ("spec.name = 'me'\nspec.add_dependency 'rack', '>= 2'\n", {"rack"}),
    "composer.json": ('{"require": {"php": ">=8", "a/b": "^1"}, "autoload": {"psr-4": {"Me\\\\": "src/"}}}', {"a/b"}),
    "me.csproj": ('<Project><ItemGroup><PackageReference Include="A.B" Version="1" /></ItemGroup></Project>', {"A.B"}),
    "packages.config": ('<packages><package id="A.B" version="1" /></packages>', {"A.B"}),
    "Directory.Packages.props": ('<Project><PackageVersion Include="A.B" Version="1" /></Project>', {"A.B"}),
}
LOCKED = {
    "poetry.lock": ('[[package]]\nname = "Typing_Extensions"\n', "typing-extensions"),
    "uv.lock": ('version = 1\n[[package]]\nname = "idna"\n', "idna"),
    "Pipfile.lock": ('{"default": {"idna": {}}}', "idna"),
    "package-lock.json": ('{"packages": {"": {}, "node_modules/a/node_modules/@s/b": {}}}', "@s/b"),
    "yarn.lock": ('"@s/b@^1.0.0", "@s/b@^1.1":\n  version "1.1.0"\n', "@s/b"),
    "pnpm-lock.yaml": ("packages:\n\n  '@s/b@1.0.0':\n    resolution: {}\n", "@s/b"),
    "go.sum": ("x.org/a v1.0.0 h1:abc=\n", "x.org/a"),
    "gradle.lockfile": ("org.a:b:1.0=compileClasspath\n", "org.a"),
    "Cargo.lock": ('[[package]]\nname = "serde-json"\n', "serde_json"),
    "Gemfile.lock": ("GEM\n  specs:\n    rack (2.0)\n      idle\n", "rack"),
    "composer.lock": ('{"packages": [{"name": "a/b", "autoload": {"psr-4": {"Other\\\\": "src"}}}]}', "other"),
    "packages.lock.json": ('{"dependencies": {"net8.0": {"A.B": {}}}}', "a.b"),
}


@pytest.mark.parametrize("file", ASKED)
def test_a_manifest_names_what_it_asks_for(file):
    text, names = ASKED[file]
    assert {entry.name for entry in read_manifest(reader_of(file), file, text).entries} == names


@pytest.mark.parametrize("file", LOCKED)
def test_a_lock_names_what_it_has(file):
    text, name = LOCKED[file]
    assert name in read_manifest(reader_of(file), file, text).locked


@pytest.mark.parametrize("file", [*ASKED, *LOCKED])
@pytest.mark.parametrize(
    "text", ["", "\0", "{", "[", "[[package]]\nname = 1", '{"dependencies": [1], "packages": 3}', "<a", "x" * 5_000]
)
def test_what_is_damaged_does_no_harm(file, text):
    assert not read_manifest(reader_of(file), file, text).hooks


def test_addresses_are_told_from_versions():
    found = {
        one.name: one.source
        for file in ("pyproject.toml", "package.json", "Gemfile", "Cargo.toml")
        for one in read_manifest(reader_of(file), file, ASKED[file][0]).entries
    }
    assert {found["a"], found["@s/b"], found["x"]} <= {"git", ""}
    assert found["@s/b"] == "git"
    assert found["requests"] == ""


def test_manifests_up_to_the_root_count_and_own_modules_are_known(tmp_path):
    (tmp_path / "src" / "shop").mkdir(parents=True)
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "base.txt").write_text("flask\n")
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = ["PyYAML"]\n')
    (tmp_path / "src" / "shop" / "cart.py").write_text("x = 1\n")
    told = declared(tmp_path / "src" / "shop" / "cart.py", tmp_path, PACKAGES)
    assert told.files == ("pyproject.toml", "requirements/base.txt")
    assert {"pyyaml", "flask"} <= told.names
    assert {"shop", "cart"} <= told.own


def test_a_manifest_that_changes_is_read_again_and_others_languages_do_not_count(tmp_path):
    file = tmp_path / "package.json"
    file.write_text('{"dependencies": {"a": "1"}}')
    os.utime(file, ns=(1, 1))
    assert "a" in declared(tmp_path / "x.ts", tmp_path, PACKAGES).names
    file.write_text('{"dependencies": {"b": "1"}}')
    assert "b" in declared(tmp_path / "x.ts", tmp_path, PACKAGES).names
    assert declared(tmp_path / "x.py", tmp_path, PACKAGES).files == ()
    assert declared(tmp_path / "x.md", tmp_path, PACKAGES) is None


@pytest.mark.parametrize("file", [*ASKED, *LOCKED, "vite.config.ts"])
@pytest.mark.parametrize(
    "text",
    [
        "\n" * 100_000,
        " " * 100_000,
        "<!--" * 30_000,
        "<dependency>" * 10_000,
        "alias: {" * 10_000,
        "[" * 50_000,
        '"' * 100_000,
        "dependencies {\n" * 10_000,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_what_is_made_to_be_slow_is_read_in_no_time(file, text):
    ecosystem = reader_of(file) or "javascript"
    begun = time.process_time()
    read_manifest(ecosystem, file, text)
    all_ecosystems()[ecosystem].slot(file, text)
    all_ecosystems()[ecosystem].inline(text)
    assert time.process_time() - begun < 3
