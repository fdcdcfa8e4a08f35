"""Sessions of editing: the corpus, what the fuzzer kept, some that are new each time the seeds are changed, bad files."""

import json
import os

import pytest
from author import Author
from corpus import FOLDER
from fuzz import KEPT, check, outcome, steps_of

from gifthorse.__main__ import main
from gifthorse.provenance.formats.editing import read_session, session_of, write_session
from gifthorse.provenance.score import Tally
from gifthorse.workspace.measure import UNEXPLAINED, measured
from gifthorse.workspace.replay import Player

SEED = int(os.environ.get("GIFTHORSE_FUZZ_SEED", "1000000"))
CHUNKS, EACH, STEPS = 15, 20, 100
HEAD = '{"format":"gifthorse-editing","version":1}\n'
OPEN = '{"step":"open","document":"a.py","text":"one\\n"}\n'
FLOORS = {"format": 0.95, "move": 0.9, "undo": 0.95, "redo": 0.95, "partial": 0.99, "rebase": 0.9, "switch": 0.9}
"""What share of an assistant's characters each kind of edit must leave its own."""


def session(path):
    return read_session(path.read_bytes(), path.name)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.jsonl")), ids=lambda path: path.stem)
def test_nobodys_text_is_an_assistants_in_the_corpus(path):
    measure, mistakes = measured(session(path), path.name)
    assert [mistake for mistake in mistakes if mistake.slip.said] == []
    assert [mistake for mistake in mistakes if mistake.cause == UNEXPLAINED] == []
    for kind, floor in FLOORS.items() if path.stem != "unreported" else ():
        tally = measure.kinds.get(kind, Tally())
        assert tally.recall is None or tally.recall >= floor, kind


def test_the_corpus_has_every_kind_of_edit():
    kinds = {kind for path in FOLDER.glob("*.jsonl") for kind in measured(session(path), path.name)[0].kinds}
    assert kinds >= {"type", "delete", "accept", "partial", "next-edit", "format", "move", "copy", "undo", "redo"}
    assert kinds >= {"rename", "save", "rewrite", "agent", "commit", "amend", "rebase", "squash", "crash", "merge"}


@pytest.mark.parametrize("path", sorted(KEPT.glob("*.jsonl")), ids=lambda path: path.stem)
def test_what_once_went_wrong(path):
    check(session(path).steps)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_sessions_by_chance(chunk):
    for seed in range(SEED + chunk * EACH, SEED + (chunk + 1) * EACH):
        try:
            check(steps_of(seed, STEPS))
        except AssertionError as fault:
            pytest.fail(f"seed {seed}: {fault} (tests/provenance/fuzz.py --first {seed} --sequences 1 --steps {STEPS})")


def test_a_seed_always_makes_the_same_session():
    assert Author(7).play(60) == Author(7).play(60)


def test_a_session_is_read_as_it_was_written():
    whole = session_of(steps_of(3, 80), "a name", "by hand")
    assert read_session(write_session(whole), "x") == whole


def test_the_truth_and_the_text_go_together():
    for step in (player := Player()) and steps_of(5, 60):
        player.play(step)
        for page in player.pages.values():
            assert len(page.truth) == len(page.text) == len(page.states)
    assert outcome(player)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "is empty"),
        ("{}\n", "line 1"),
        ('{"format":"other","version":1}\n', "'other'"),
        ('{"format":"gifthorse-editing","version":2}\n', "version 2 is newer"),
        (HEAD + "no json\n", "line 2"),
        (HEAD + '{"step":"dance"}\n', "line 2"),
        (HEAD + '{"step":"close","document":"b.py"}\n', "'b.py' is not open"),
        (HEAD + OPEN.replace('"text"', '"by":[[3,"a"]],"text"'), "`by` must count"),
        (HEAD + OPEN.replace('"text"', '"by":[[0,"a"],[4,"a"]],"text"'), "positive count"),
        (
            HEAD + OPEN + '{"step":"change","document":"a.py","changes":[{"text":"x","range":'
            '{"start":{"line":0,"character":0},"end":{"line":9,"character":0}}}]}\n',
            "line 3: lines 0 to 9 of a text of 2 lines",
        ),
    ],
)
def test_a_bad_file_is_refused_in_words(tmp_path, capsys, content, complaint):
    (tmp_path / "bad.jsonl").write_text(content)
    assert main(["replay", str(tmp_path / "bad.jsonl")]) == 2
    said = capsys.readouterr().err
    assert complaint in said
    assert "bad.jsonl" in said


def test_a_file_that_is_not_there(tmp_path, capsys):
    assert main(["replay", str(tmp_path / "none.jsonl")]) == 2
    assert "none.jsonl" in capsys.readouterr().err


def test_figures_as_json(capsys):
    assert main(["replay", "--format", "json", "--mistakes", *map(str, sorted(FOLDER.glob("*.jsonl")))]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["kinds"]["format"]["precision"] == 1.0
    assert said["sources"]["inline-completion"]["blamed"] == 0
    assert sum(one["characters"] for one in said["lost"]) == sum(kind["lost"] for kind in said["kinds"].values())
    assert all(mistake["cause"] for mistake in said["mistakes"])


def test_what_an_inference_gets_wrong_is_shown(capsys):
    assert main(["replay", "--infer", "--format", "json", str(FOLDER / "unreported.jsonl")]) == 1
    source = json.loads(capsys.readouterr().out)["sources"]["silent"]
    assert 0.7 < source["precision"] < 1.0
    assert source["recall"] > 0.3


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_figures_for_people(capsys, form):
    assert main(["replay", "--format", form, "--mistakes", str(FOLDER / "crashes.jsonl")]) == 0
    said = capsys.readouterr().out
    assert "inline-completion" in said
    assert "100.00 %" in said
