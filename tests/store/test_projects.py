"""Projects of each ecosystem: what their own files and manifests explain is silent, all else is said."""

import json

import pytest

from gifthorse.change.pairtest import changed
from gifthorse.store.catalogue import load_catalogue
from gifthorse.store.manifests import declared

CATALOGUE = load_catalogue()
PROJECTS = {
    "python, a workspace": (
        {
            "pyproject.toml": '[project]\nname = "root"\ndependencies = []\n[tool.uv.workspace]\nmembers = ["libs/*"]\n',
            "libs/money/pyproject.toml": '[project]\nname = "acme-money"\ndependencies = ["python-docx", "google-cloud-storage"]\n',
            "libs/money/src/acme_money/sums.py": "x = 1\n",
            "apps/web/requirements.txt": "-r ../../deps/base.lst\nPyJWT==2\n",
            "deps/base.lst": "Flask-SQLAlchemy\nscikit-learn\n",
        },
        "libs/money/src/acme_money/tax.py",
        {
            "import docx": "",
            "import acme_money.sums": "",
            "from google.cloud import storage": "",
            "from google.cloud import bigquery": "google.cloud.bigquery",
            "import jwt": "jwt",
            "import acme_monye": "near",
            "import wizard_of_taxes": "wizard_of_taxes",
        },
    ),
    "python, lists that take in others": (
        {"requirements.txt": "-r deps/base.lst\n", "deps/base.lst": "scikit-learn\nFlask-SQLAlchemy\n"},
        "app.py",
        {
            "import sklearn": "",
            "import flask_sqlalchemy": "",
            "import flask_cors": "flask_cors",
            "import skleran": "near",
        },
    ),
    "python, a script of its own": (
        {"requirements.txt": "x\n"},
        "tool.py",
        {'# /// script\n# dependencies = ["rich", "invoice-tools>=1"]\n# ///\nimport rich\nimport invoice_tools': ""},
    ),
    "python, worked out": (
        {
            "setup.py": "from setuptools import setup\nsetup(install_requires=open('x').read().split())\n",
            "requirements.txt": "y\n",
        },
        "app.py",
        {"import wizard_of_taxes": "", "import reqeusts": "near"},
    ),
    "python, conda": (
        {"environment.yml": "channels:\n  - conda-forge\ndependencies:\n  - numpy=1\n  - pip:\n    - beautifulsoup4\n"},
        "app.py",
        {"import numpy": "", "import bs4": "", "import conda_forge": "conda_forge", "import pandas": "pandas"},
    ),
    "javascript, a workspace with aliases": (
        {
            "package.json": '{"workspaces": ["packages/*"]}',
            "pnpm-workspace.yaml": "packages:\n  - packages/*\n",
            "tsconfig.base.json": '{"compilerOptions": {"paths": {"@base/*": ["x/*"]}}}',
            "packages/ui/package.json": '{"name": "@acme/ui"}',
            "packages/app/package.json": '{"name": "app", "dependencies": {"react": "^18"}, "jest": {"moduleNameMapper": {"^mapped/(.*)$": "x"}}}',
            "packages/app/tsconfig.json": '{ // why\n "extends": "../../tsconfig.base.json", "compilerOptions": {"baseUrl": "./src", "paths": {"@lib/*": ["lib/*"],},}}',
            "packages/app/vite.config.ts": "export default { resolve: { alias: [{ find: 'components', to: 1 }, { find: /^views\\//, to: 'x' }] } }\n",
            "packages/app/webpack.config.js": "module.exports = { resolve: { alias: { Utilities: 1, 'tmpl$': 2 } } }\n",
            "packages/app/src/helpers/a.ts": "",
            "packages/app/src/shapes.ts": "",
            "types/x.d.ts": "declare module 'untyped-thing'\n",
        },
        "packages/app/src/main.ts",
        {
            "import a from 'react/jsx-runtime'": "",
            "import a from '@acme/ui/button'": "",
            "import a from '@lib/a'": "",
            "import a from '@base/a'": "",
            "import a from 'components/c'": "",
            "import a from 'views/c'": "",
            "import a from 'Utilities/c'": "",
            "import a from 'tmpl'": "",
            "import a from 'helpers/a'": "",
            "import a from 'shapes'": "",
            "import a from 'mapped/a'": "",
            "import a from 'untyped-thing'": "",
            "import a from 'node:fs/promises'": "",
            "import a from '#internal'": "",
            "import a from 'vue'": "vue",
            "import a from '@acmee/ui'": "near",
            "import a from 'babel/core'": "near",
            "import a from 'react-react'": "near",
            "import a from 'invoice-wizard-kit'": "invoice-wizard-kit",
        },
    ),
    "javascript, a manifest that is broken": (
        {"package.json": '{"dependencies": {', "yarn.lock": '"a@^1":\n  version "1"\n'},
        "main.ts",
        {"import a from 'invoice-wizard-kit'": "", "import a from 'raect'": "near"},
    ),
    "go, a workspace": (
        {
            "go.work": "go 1.22\n\nuse (\n\t./a\n\t./b\n)\n",
            "a/go.mod": "module example.org/shop/a\n\nrequire github.com/gorilla/mux v1.8.0\n",
            "b/go.mod": "module example.org/shop/b\n",
            "b/b.go": "package b\n",
        },
        "a/main.go",
        {
            'package a\nimport "example.org/shop/b/sums"': "",
            'package a\nimport "github.com/gorilla/mux"': "",
            'package a\nimport "net/http"': "",
            'package a\nimport "golang.org/x/crypto/bcrypt"': "golang.org/x/crypto/bcrypt",
            'package a\nimport "gitlab.com/gorilla/mux"': "near",
            'package a\nimport "github.com/gorila/mux"': "near",
            "package a\nimport w `github.com/someone/wizard/v2`": "github.com/someone/wizard/v2",
        },
    ),
    "rust, a workspace": (
        {
            "Cargo.toml": '[workspace]\nmembers = ["core", "cli"]\n[workspace.dependencies]\nserde = "1"\n',
            "core/Cargo.toml": '[package]\nname = "acme-core"\n',
            "core/src/lib.rs": "pub mod sums;\n",
            "cli/Cargo.toml": '[package]\nname = "acme"\n[dependencies]\nacme-core = { path = "../core" }\nserde.workspace = true\nfoo = { package = "bar", version = "1" }\n',
            "cli/src/orders.rs": "",
        },
        "cli/src/main.rs",
        {
            "use serde::{Serialize, de::Error};": "",
            "use acme_core::sums;": "",
            "use foo::Bar;": "",
            "use orders::Order;": "",
            "use std::fs;\nfn f() { fs::read(1); u32::from_str(1); }": "",
            "mod inner { pub fn a() {} }\nfn f() { inner::a(); }": "",
            "fn f() { reqwest::get(1); }": "reqwest",
            "use {wizard_kit::Kit, std::io};": "wizard_kit",
            "extern crate serde_jsno;": "near",
        },
    ),
    "java, modules": (
        {
            "pom.xml": "<project><groupId>org.acme</groupId><modules><module>a</module></modules></project>",
            "a/pom.xml": "<project><parent><groupId>org.acme</groupId></parent><dependencies><dependency><groupId>org.acme</groupId><artifactId>b</artifactId></dependency></dependencies></project>",
            "b/pom.xml": "<project><groupId>org.acme</groupId><dependencies><dependency><groupId>com.google.guava</groupId><artifactId>guava</artifactId><version>33</version></dependency></dependencies></project>",
            "b/src/main/java/org/acme/b/B.java": "package org.acme.b;\n",
        },
        "a/src/main/java/org/acme/a/A.java",
        {
            "import org.acme.b.B;": "",
            "import com.google.common.collect.Lists;": "",
            "import static java.util.stream.Collectors.*;": "",
            "import com.google.gson.Gson;": "com.google.gson.Gson",
            "import net.wizards.invoices.*;": "net.wizards.invoices",
        },
    ),
    "kotlin, a catalogue": (
        {
            "build.gradle.kts": 'group = "org.acme"\ndependencies {\n    implementation(libs.ktor)\n    testImplementation(kotlin("test"))\n}\n',
            "gradle/libs.versions.toml": '[versions]\nk = "3"\n[libraries]\nktor = { module = "io.ktor:ktor-server-core", version.ref = "k" }\n',
        },
        "src/main/kotlin/A.kt",
        {
            "import io.ktor.server.application.*": "",
            "import kotlin.test.Test as T": "",
            "import okhttp3.OkHttpClient as Client": "okhttp3.OkHttpClient",
        },
    ),
    "php, with its own namespaces": (
        {
            "composer.json": '{"name": "acme/shop", "require": {"guzzlehttp/guzzle": "^7"}, "autoload": {"psr-4": {"Acme\\\\": "src/"}}}',
        },
        "src/A.php",
        {
            "<?php\nuse Acme\\Orders\\{Order, Item as I};": "",
            "<?php\nuse GuzzleHttp\\{Client, Psr7\\Request};": "",
            "<?php\nnew \\DateTime();": "",
            "<?php\nuse Monolog\\Logger;": "Monolog\\Logger",
            "<?php\nuse function Wizard\\Kit\\{one, two};": "Wizard\\Kit\\*",
        },
    ),
    "ruby, with a gemspec": (
        {
            "Gemfile": "source 'https://example.org'\ngemspec\ngem 'rails'\n",
            "acme.gemspec": "s.name = 'acme'\ns.add_dependency 'faraday'\n",
            "lib/acme/sums.rb": "",
        },
        "lib/acme.rb",
        {
            "require 'acme/sums'": "",
            "require 'faraday'": "",
            "require 'active_support/core_ext'": "",
            "require 'json'": "",
            "require 'httparty'": "httparty",
            "require 'nokogirl'": "near",
        },
    ),
    "csharp, central versions": (
        {
            "Directory.Packages.props": '<Project>\n  <ItemGroup>\n    <PackageVersion Include="Serilog" Version="4" />\n  </ItemGroup>\n</Project>\n',
            "src/Shop/Shop.csproj": '<Project Sdk="Microsoft.NET.Sdk.Web">\n  <ItemGroup>\n    <PackageReference Include="Serilog" />\n    <ProjectReference Include="..\\Acme.Core\\Acme.Core.csproj" />\n  </ItemGroup>\n</Project>\n',
            "src/Acme.Core/Acme.Core.csproj": '<Project Sdk="Microsoft.NET.Sdk">\n  <ItemGroup>\n    <PackageReference Include="Dapper" />\n  </ItemGroup>\n</Project>\n',
        },
        "src/Shop/A.cs",
        {
            "using Serilog.Core;": "",
            "using Log = Serilog.Log;": "",
            "using Acme.Core.Sums;": "",
            "using Dapper;": "",
            "using Microsoft.AspNetCore.Mvc;": "",
            "using Json = Newtonsoft.Json.JsonConvert;": "Newtonsoft.Json.JsonConvert",
            "using Wizards.Invoices;": "Wizards.Invoices",
        },
    ),
}


def said(root, path, line):
    new = line + "\n"
    told = declared(root / path, root, CATALOGUE.packages)
    old = "<?php\n" if path.endswith(".php") else "package a\n" if path.endswith(".go") else "\n"
    return [one for one in changed(path, old, new, CATALOGUE, told) if one.rule.endswith("-dependency")]


@pytest.mark.parametrize("name", PROJECTS)
def test_a_project(tmp_path, name):
    files, path, imports = PROJECTS[name]
    for file, text in files.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text)
    wrong = {}
    for line, expected in imports.items():
        found = said(tmp_path, path, line)
        got = "near" if [one for one in found if one.rule.startswith("near")] else "".join(one.message for one in found)
        if bool(got) != bool(expected) or expected not in got:
            wrong[line] = got
    assert not wrong, json.dumps(wrong, indent=1)


def test_central_versions_are_declared_in_both_files(tmp_path):
    files, path, _ = PROJECTS["csharp, central versions"]
    for file, text in files.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text)
    (one,) = said(tmp_path, path, "using Newtonsoft.Json;")
    edits = {edit.path: edit.edit.new.decode().strip() for edit in one.fixes[0].elsewhere}
    assert edits == {
        "src/Shop/Shop.csproj": '<PackageReference Include="Newtonsoft.Json" />',
        "Directory.Packages.props": '<PackageVersion Include="Newtonsoft.Json" Version="VERSION" />',
    }


def test_what_cannot_be_read_leaves_unknown_names_alone(tmp_path):
    (tmp_path / "requirements.txt").write_text("-r gone.txt\nflask\n")
    assert said(tmp_path, "app.py", "import wizard_of_taxes") == []
    (tmp_path / "gone.txt").write_text("pyyaml\n")
    assert said(tmp_path, "app.py", "import wizard_of_taxes")
