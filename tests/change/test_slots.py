"""Where a further package is declared: every manifest reads the same after it, with one entry more."""

import pytest

from gifthorse.change.manifest import all_ecosystems, read_manifest, reader_of

POM = """<project>
  <groupId>org.me</groupId>
  <dependencyManagement>
    <dependencies>
    </dependencies>
  </dependencyManagement>
  <dependencies>
    <dependency>
      <groupId>org.a</groupId>
      <artifactId>b</artifactId>
      <version>1</version>
    </dependency>
  </dependencies>
</project>
"""
PROJECT = """<Project Sdk="Microsoft.NET.Sdk">
  <ItemGroup>
    <PackageReference Include="A.B" Version="1" />
  </ItemGroup>
</Project>
"""
TAKEN = {
    "pyproject.toml": [
        '[project]\nname = "a"\ndependencies = ["x"]\n',
        "[project]\ndependencies = []\n",
        '[project]\ndependencies = [\n    "x>=1",  # why\n]\n[tool.y]\na = 1\n',
        '[project]\ndependencies = [\n  "x",\n  "y" # last\n]\n',
        '[project]\r\ndependencies = [\r\n  "x"\r\n]\r\n',
        '[project]\nname = "a"\n\n[tool.y]\nz = 1\n',
        '[tool.poetry.dependencies]\npython = "^3.11"\nx = "1"\n\n[build-system]\nrequires = []\n',
    ],
    "requirements.txt": ["x==1\n", "x==1", ""],
    "requirements-dev.in": ["x\n"],
    "setup.cfg": ["[options]\ninstall_requires =\n    x\n    y\n"],
    "setup.py": ["from setuptools import setup\nsetup(install_requires=['x', 'y'])\n"],
    "Pipfile": ['[packages]\nx = "*"\n\n[dev-packages]\n'],
    "environment.yml": ["channels:\n  - c\ndependencies:\n  - x=1\n  - pip:\n    - y\n"],
    "package.json": [
        '{\n  "name": "a",\n  "dependencies": {\n    "x": "1"\n  },\n  "scripts": {}\n}\n',
        '{"dependencies": {}}',
        '{\n    "name": "a"\n}\n',
        "{}",
        '{"dependencies": {"x": "1"}, "devDependencies": {"y": "1"}}',
        '{"z": {"dependencies": {"no": "1"}}, "dependencies": {"x": "1"}}',
        '{\r\n  "name": "a"\r\n}\r\n',
    ],
    "go.mod": [
        "module m.org/a\n\ngo 1.22\n",
        "module m.org/a\n\nrequire (\n\tx.org/b v1.0.0\n\tx.org/c v1.0.0 // indirect\n)\n",
    ],
    "Cargo.toml": [
        '[package]\nname = "a"\n\n[dependencies]\nx = "1"\n\n[dev-dependencies]\ny = "1"\n',
        '[package]\nname = "a"\n',
    ],
    "Gemfile": ["source 'https://example.org'\ngem 'x'\n", "gem 'x'"],
    "composer.json": ['{\n    "require": {\n        "php": ">=8"\n    }\n}\n', '{"require": {"a/b": "1"}}'],
    "pom.xml": [POM],
    "build.gradle": [
        "dependencies {\n    implementation 'org.a:b:1'\n}\n",
        "dependencies { implementation 'org.a:b:1' }\n",
    ],
    "build.gradle.kts": [
        'plugins { }\n\ndependencies {\n    implementation("org.a:b:1") // } why\n}\n',
        "dependencies {\n}\n",
    ],
    "a.csproj": [PROJECT, '<Project Sdk="Microsoft.NET.Sdk">\n</Project>\n'],
    "Directory.Packages.props": [
        '<Project>\n  <ItemGroup>\n    <PackageVersion Include="A.B" Version="1" />\n  </ItemGroup>\n</Project>\n'
    ],
}
NONE = [
    ("pyproject.toml", "[tool.ruff]\nline-length = 100\n"),
    ("pyproject.toml", '[project]\ndynamic = ["dependencies"]\n'),
    ("constraints.txt", "x==1\n"),
    ("setup.py", "setup(install_requires=read())\n"),
    ("package.json", "["),
    ("package-lock.json", "{}"),
    ("Cargo.toml", '[workspace]\nmembers = ["a"]\n'),
    ("build.gradle", "plugins { }\n"),
    ("pom.xml", "<project></project>"),
    ("packages.config", "<packages></packages>"),
    ("a.gemspec", "x.add_dependency 'y'\n"),
]


def entries(file, text):
    return [one.name for one in read_manifest(reader_of(file), file, text).entries]


@pytest.mark.parametrize(("file", "text"), [(file, text) for file, several in TAKEN.items() for text in several])
def test_a_manifest_takes_one_more(file, text):
    at, template = all_ecosystems()[reader_of(file)].slot(file, text)
    names = {"{name}": "q.org/new" if file == "go.mod" else "new/one" if file == "composer.json" else "new-one"}
    line = template
    for part, word in {**names, "{group}": "org.new", "{artifact}": "one"}.items():
        line = line.replace(part, word)
    after = text[:at] + line + text[at:]
    new = [one for one in entries(file, after) if one not in entries(file, text)]
    assert new == (["org.new:one"] if "{artifact}" in template else list(names.values()))
    assert set(entries(file, text)) <= set(entries(file, after))
    assert read_manifest(reader_of(file), file, after).unsure == (file == "composer.json")  # it has no own namespaces
    assert "\n" not in template.replace("\r\n", "") or "\r\n" not in text


@pytest.mark.parametrize(("file", "text"), NONE)
def test_where_it_is_not_sure_nothing_is_taken(file, text):
    assert all_ecosystems()[reader_of(file)].slot(file, text) is None


def test_a_new_entry_looks_as_the_others_do():
    text = '{\n  "dependencies": {\n    "x": "1"\n  }\n}\n'
    at, line = all_ecosystems()["javascript"].slot("package.json", text)
    assert (text[:at], line) == ('{\n  "dependencies": {\n    "x": "1"', ',\n    "{name}": "VERSION"')
    at, line = all_ecosystems()["java"].slot("pom.xml", POM)
    assert line.splitlines()[1] == "      <groupId>{group}</groupId>"
    assert POM[at:].startswith("  </dependencies>\n</project>")
