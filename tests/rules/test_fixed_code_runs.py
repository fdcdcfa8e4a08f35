"""What fixes make still runs: every sample of Python and JavaScript with stand-ins, some for real on ordinary input."""

import ast
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from gifthorse.engine.inspect import inspect
from gifthorse.engine.ruletest import apply_fixes
from gifthorse.store.catalogue import load_catalogue

sys.path.insert(0, str(Path(__file__).parent))
try:
    from stand_in import free_names, run
finally:
    sys.path.pop(0)

CATALOGUE = load_catalogue()


def parses(code):
    """Whether it can run at all: what is found in some texts keeps them from it."""
    try:
        ast.parse(code)
    except SyntaxError:
        return False
    return True


SAMPLES = [
    (f"{rule.id}-{number}", test)
    for rule in CATALOGUE.rules.values()
    for number, test in enumerate(rule.tests, 1)
    if test.bad is not None and test.good is not None and rule.fixes
]
PYTHON = {name: test for name, test in SAMPLES if test.language == "python" and parses(test.bad)}
JAVASCRIPT = {name: test for name, test in SAMPLES if test.language == "javascript"}


@pytest.mark.parametrize("name", PYTHON)
def test_a_fixed_sample_of_python_runs_as_before(name):
    """Names that the fix brings in are there, and nothing fails that did not fail before."""
    test = PYTHON[name]
    known = free_names(test.bad)
    before, after = run(test.bad, known), run(test.good, known)
    assert {place: error for place, error in after.items() if before.get(place) != error} == {}


def test_most_samples_of_python_run_to_their_end():
    clean = [name for name, test in PYTHON.items() if not run(test.good, free_names(test.bad))]
    assert len(clean) >= 0.8 * len(PYTHON), sorted(set(PYTHON) - set(clean))


def test_fixed_samples_of_javascript_run_as_before():
    cases = [{"bad": test.bad, "good": test.good} for test in JAVASCRIPT.values()]
    node = shutil.which("node")
    assert node, "Node.js is needed, as for the tests of the VS Code extension."
    done = subprocess.run(
        [node, str(Path(__file__).with_name("stand_in.js"))], input=json.dumps(cases), capture_output=True, text=True,
        check=True, timeout=120, encoding="utf-8",
    )  # fmt: skip
    results = dict(zip(JAVASCRIPT, json.loads(done.stdout), strict=True))
    assert {name: one for name, one in results.items() if len(one[1]) > len(one[0]) or "ReferenceError" in one[1]} == {}
    clean = [name for name, (_, after) in results.items() if not after]
    assert len(clean) >= 0.8 * len(results), results


def fixed(code, path="a.py"):
    """The code with every fix made, and that there was one."""
    found = inspect(code.encode(), path, None, CATALOGUE).report.findings
    fixes = [finding.fixes[0] for finding in found if finding.fixes]
    assert fixes
    return apply_fixes(code.encode(), fixes).decode()


def scope_of(code):
    scope = {}
    exec(compile(fixed(code), "fixed", "exec"), scope)
    return scope


def test_a_listing_of_a_folder_with_a_strange_name(tmp_path):
    strange = tmp_path / "a b; echo hacked"
    strange.mkdir()
    (strange / "one.txt").write_text("1")
    code = (
        "import subprocess\n\ndef names(folder):\n"
        "    return subprocess.run(f'ls {folder}', shell=True, check=True, capture_output=True, text=True).stdout\n"
    )
    program = fixed(code) + "\nimport sys\nprint(names(sys.argv[1]))\n"
    done = subprocess.run(
        [sys.executable, "-c", program, str(strange)], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == ["one.txt"]


def test_a_calculator_still_reads_literals():
    calculate = scope_of("def calculate(expression):\n    return eval(expression)\n")["calculate"]
    assert calculate("[1, {'a': 2}]") == [1, {"a": 2}]
    with pytest.raises(ValueError, match="malformed"):
        calculate("__import__('os').getcwd()")


def test_a_password_is_made_of_the_same_letters():
    code = "import random\nimport string\n\ndef make_password(n):\n    return ''.join(random.choice(string.ascii_letters) for _ in range(n))\n"
    password = scope_of(code)["make_password"](24)
    assert len(password) == 24
    assert password.isalpha()


def test_a_digest_is_one():
    code = "import hashlib\n\ndef digest(data):\n    return hashlib.md5(data).hexdigest()\n"
    assert scope_of(code)["digest"](b"x") == hashlib.sha256(b"x").hexdigest()


def test_a_context_of_tls_verifies():
    code = "import ssl\n\ndef make():\n    context = ssl.create_default_context()\n    context.check_hostname = False\n    return context\n"
    assert scope_of(code)["make"]().check_hostname is True


def test_an_ordinary_archive_is_unpacked_and_an_evil_one_is_not(tmp_path):
    def archive(name):
        with tarfile.open(tmp_path / "a.tar", "w") as tar:
            member = tarfile.TarInfo(name)
            member.size = 1
            tar.addfile(member, io.BytesIO(b"1"))
        return tmp_path / "a.tar"

    code = "import tarfile\n\ndef unpack(file, folder):\n    with tarfile.open(file) as tar:\n        tar.extractall(folder)\n"
    unpack = scope_of(code)["unpack"]
    unpack(archive("in/one.txt"), tmp_path / "out")
    assert (tmp_path / "out/in/one.txt").read_text() == "1"
    with pytest.raises(tarfile.TarError):
        unpack(archive("../../evil.txt"), tmp_path / "out")


def test_a_file_for_oneself_can_be_read_by_oneself(tmp_path):
    code = "import os\n\ndef close(path):\n    os.chmod(path, 0o777)\n"
    file = tmp_path / "x"
    file.write_text("1")
    scope_of(code)["close"](file)
    assert file.read_text() == "1"
    assert os.name == "nt" or not file.stat().st_mode & 0o002


def in_node(program, *words):
    done = subprocess.run(
        [shutil.which("node"), "-e", program, *words], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.strip()


def test_a_digest_in_javascript_is_one():
    code = "const crypto = require('crypto');\nconsole.log(crypto.createHash('md5').update('x').digest('hex'));\n"
    assert in_node(fixed(code, "a.js")) == hashlib.sha256(b"x").hexdigest()
