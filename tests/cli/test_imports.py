"""A scan follows imports from file to file, in every format, and is the same whatever the order."""

import json

import pytest

RULE = "tls-verify-off"
FILES = {
    "a.py": "from pkg.tools import fetch\nfetch(u, False)\n",
    "pkg/__init__.py": "",
    "pkg/tools.py": "import requests\n# ü\ndef fetch(u, check): return requests.get(u, verify=check, timeout=3)\n",
    "b.js": "const {get} = require('./lib/net');\nget(u, {rejectUnauthorized: false});\n",
    "lib/net.js": "const https = require('https');\nexports.get = (u, o) => https.get(u, o);\n",
}


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "root"
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def test_findings_at_the_call_with_a_step_in_the_other_file(gifthorse, folder):
    said = json.loads(gifthorse("scan", ".", "--format", "json", cwd=folder).stdout)["findings"]
    found = [one for one in said if one["rule"] == RULE]
    assert [(one["path"], one["rule"], one["range"]["start"]["line"]) for one in found] == [
        ("a.py", RULE, 2),
        ("b.js", RULE, 2),
    ]
    assert found[0]["steps"] == [
        {
            "path": "pkg/tools.py",
            "range": {"start": {"line": 3, "column": 29}, "end": {"line": 3, "column": 69}},
            "note": "reaches requests.get",
        }
    ]


def test_every_format_names_the_other_file(gifthorse, folder):
    assert "pkg/tools.py:3:29  reaches requests.get" in gifthorse("scan", ".", cwd=folder).stdout
    [run] = json.loads(gifthorse("scan", ".", "--format", "sarif", cwd=folder).stdout)["runs"]
    result = next(one for one in run["results"] if one["locations"][0]["physicalLocation"]["region"]["startLine"] == 2)
    [flow] = result["codeFlows"]
    places = [one["location"]["physicalLocation"] for one in flow["threadFlows"][0]["locations"]]
    assert "pkg/tools.py" in [place["artifactLocation"]["uri"] for place in places]
    there = next(place for place in places if place["artifactLocation"]["uri"] == "pkg/tools.py")
    assert (there["region"]["startLine"], there["region"]["startColumn"]) == (3, 29)
    assert "snippet" not in there["region"]


def test_one_file_alone_sees_the_others(gifthorse, folder):
    found = json.loads(gifthorse("scan", "a.py", "--format", "json", cwd=folder).stdout)["findings"]
    assert [one["path"] for one in found] == ["a.py"] or found == []
    (folder / ".git").mkdir()
    found = json.loads(gifthorse("scan", "a.py", "--format", "json", cwd=folder).stdout)["findings"]
    assert [(one["path"], one["rule"]) for one in found] == [("a.py", RULE)]


def test_many_files_that_import_each_other(gifthorse, folder):
    for number in range(60):
        (folder / f"m{number}.py").write_text(
            f"from m{(number + 1) % 60} import *\nfrom pkg.tools import fetch\nfetch('x', False)\nx{number} = x{(number + 7) % 60}\n"
        )
    result = json.loads(gifthorse("scan", ".", "--format", "json", cwd=folder).stdout)
    found = [one["path"] for one in result["findings"] if one["path"].startswith("m")]
    assert sorted(found) == sorted(f"m{number}.py" for number in range(60))
