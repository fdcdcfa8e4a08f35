"""What fuzzing found stays mended, and the fuzzer would notice."""

import json
import random
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from mutate import edits, mutated  # noqa: E402
from subject import tried  # noqa: E402

KEPT = sorted(path for path in (HERE / "kept").rglob("*") if path.is_file() and path.suffix != ".json")
RISKY = b"import os\nos.system(input())\n"


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.relative_to(HERE / "kept").as_posix())
def test_what_broke_the_engine_once_does_so_no_more(path, catalogue):
    notes = json.loads(path.with_name(path.name + ".json").read_text("utf-8"))
    made = [(start, end, new.encode("latin-1")) for start, end, new in notes["edits"]]
    assert tried("fuzz" + path.suffix, notes["canary"], path.read_bytes(), made, catalogue) == ""


def test_silence_about_a_risk_is_noticed(catalogue):
    assert "was not found" in tried("a.py", "tls-verify-off", b"x = 1\n", [], catalogue)


def test_what_is_not_analysed_need_not_be_found(catalogue):
    assert tried("a.py", "tls-verify-off", b"x = (1\n", [], catalogue) == ""


def test_a_seed_gives_the_same_text_and_edits_again():
    made = [mutated(random.Random(7), [RISKY, b"x = 1\n"], 1_000) for _ in range(2)]
    assert made[0] == made[1]
    assert edits(random.Random(7), made[0], [RISKY]) == edits(random.Random(7), made[0], [RISKY])


@pytest.mark.parametrize("seed", range(40))
def test_changed_code_gets_an_answer(seed, catalogue):
    chance = random.Random(seed)
    text = mutated(chance, [RISKY * 20], 3_000)
    assert tried("a.py", "", text, edits(chance, text, [RISKY]), catalogue) == ""
