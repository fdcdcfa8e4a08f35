"""The server in this process, with a worker that answers when the test says so: every message is a value."""

import os
import time
from dataclasses import replace

import pytest
from desk import (
    PULLING,
    RISKY,
    Client,
    RefusedError,
    Worker,
    place,
)

from gifthorse.model.insertion import Evidence, Insertion, Origin
from gifthorse.model.text import Span
from gifthorse.provenance.follow import add
from gifthorse.store.config import Bounds
from gifthorse.worker.limits import MIB, Limits
from gifthorse.worker.state import Condition, WorkerState


@pytest.fixture
def client(tmp_path, monkeypatch):
    monkeypatch.setenv("GIFTHORSE_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("GIFTHORSE_CONFIG_DIR", str(tmp_path / "config"))
    (tmp_path / "root").mkdir()
    made = Client(tmp_path / "root")
    yield made
    made.session.finish()


@pytest.fixture
def inserted(client):
    """A document with one Region, which holds one finding."""
    client.start({"workspace": {"workspaceEdit": {"documentChanges": True}}})
    uri = client.open("a\nb\n")
    client.change(uri, (1, 0), (1, 0), "get(verify=False)\n")
    client.analyse(uri)
    client.insert(uri, (1, 0), (2, 0))
    return client, uri


# Publishing


def test_diagnostics_are_pushed_for_every_version_also_when_empty(client):
    client.start()
    uri = client.open("")
    client.analyse(uri)
    client.change(uri, (0, 0), (0, 0), "get(verify=False)")
    client.analyse(uri)
    client.change(uri, (0, 0), (0, 1), "")
    client.analyse(uri)
    assert [(one["version"], len(one["diagnostics"])) for one in client.published(uri)] == [(1, 0), (2, 1), (3, 0)]


def test_what_is_known_of_an_older_version_is_not_shown(client):
    client.start()
    uri = client.open("get(verify=False)")
    stale = client.worker.reply(uri)
    client.change(uri, (0, 0), (0, 0), "x")
    client.session.reply(stale)
    assert client.published(uri) == []


def test_a_document_that_is_opened_again_is_not_shown_what_its_predecessor_was(client):
    client.start()
    uri = client.open("get(verify=False)")
    stale = client.worker.reply(uri)
    client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    client.open("")
    client.session.reply(stale)
    assert [one["diagnostics"] for one in client.published(uri)] == [[]]


def test_closing_takes_the_diagnostics_back(client):
    client.start()
    uri = client.open("get(verify=False)")
    client.analyse(uri)
    client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    assert client.published(uri)[-1]["diagnostics"] == []


def test_a_region_makes_its_findings_louder_at_once_and_without_the_worker(inserted):
    client, uri = inserted
    before, after = client.published(uri)
    assert [one["severity"] for one in before["diagnostics"]] == [2]
    assert [(one["severity"], "region" in one["data"]) for one in after["diagnostics"]] == [(1, True)]


def test_what_was_not_analysed_says_so(client):
    client.start()
    uri = client.open("x")
    client.worker.incomplete = "it took longer than 10 s"
    client.analyse(uri)
    (shown,) = client.published(uri)[-1]["diagnostics"]
    assert (shown["code"], shown["severity"]) == ("not-analysed", 3)
    assert client.said("gifthorse/status")[-1]["notAnalysed"] == [uri]
    client.execute("gifthorse.rescan")
    assert client.worker.released == [uri]


def test_an_excluded_document_has_no_findings(client):
    (client.root / ".git").mkdir()
    (client.root / "gifthorse.toml").write_text('exclude = ["a.py"]\n')
    client.start(options={"trusted": True})
    uri = client.open("get(verify=False)")
    client.analyse(uri)
    assert client.published(uri)[-1]["diagnostics"] == []


# Pulling


def test_who_pulls_is_not_pushed_to_and_is_answered_when_the_analysis_is_there(client):
    assert "diagnosticProvider" in client.start(PULLING)
    uri = client.open("get(verify=False)")
    ident = client.begin("textDocument/diagnostic", {"textDocument": {"uri": uri}})
    assert client.answers(ident) == []
    client.analyse(uri)
    full = client.answers(ident)[0]["result"]
    assert (full["kind"], len(full["items"])) == ("full", 1)
    params = {"textDocument": {"uri": uri}, "previousResultId": full["resultId"]}
    assert client.request("textDocument/diagnostic", params) == {"kind": "unchanged", "resultId": full["resultId"]}
    assert client.published(uri) == []


def test_who_does_not_pull_is_not_offered_it(client):
    assert "diagnosticProvider" not in client.start()


@pytest.mark.parametrize("workspace", [{}, {"diagnostics": {}}, {"diagnostics": {"refreshSupport": False}}])
def test_who_cannot_be_asked_to_pull_again_is_pushed_to(client, workspace):
    assert "diagnosticProvider" not in client.start({**PULLING, "workspace": workspace})
    uri = client.open("")
    client.change(uri, (0, 0), (0, 0), "get(verify=False)")
    client.analyse(uri)
    client.insert(uri, (0, 0), (0, 17))
    loudness = [one["severity"] for publication in client.published(uri) for one in publication["diagnostics"]]
    assert loudness == [2, 1]
    assert client.asked("workspace/diagnostic/refresh") == []


def test_who_pulls_is_asked_to_pull_again_when_a_region_comes(client):
    client.start(PULLING)
    uri = client.open("")
    client.change(uri, (0, 0), (0, 0), "get(verify=False)")
    client.analyse(uri)
    client.insert(uri, (0, 0), (0, 17))
    assert len(client.asked("workspace/diagnostic/refresh")) == 1


def test_a_pull_can_be_cancelled_while_the_analysis_runs(client):
    client.start(PULLING)
    uri = client.open("x")
    ident = client.begin("textDocument/diagnostic", {"textDocument": {"uri": uri}})
    client.notify("$/cancelRequest", {"id": ident})
    client.analyse(uri)
    assert [one["error"]["code"] for one in client.answers(ident)] == [-32800]


@pytest.mark.parametrize("end", ["change", "close", "shutdown"])
def test_what_waits_for_a_version_that_never_comes_is_answered_once(client, end):
    client.start(PULLING)
    uri = client.open("x")
    ident = client.begin("textDocument/diagnostic", {"textDocument": {"uri": uri}})
    actions = {"textDocument": {"uri": uri}, "range": {"start": place((0, 0)), "end": place((0, 0))}}
    other = client.begin("textDocument/codeAction", {**actions, "context": {"diagnostics": []}})
    if end == "change":
        client.change(uri, (0, 0), (0, 0), "y")
        client.analyse(uri)
    elif end == "close":
        client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    else:
        client.request("shutdown", None)
    code = -32800 if end == "shutdown" else -32801
    assert [one["error"]["code"] for one in client.answers(ident) + client.answers(other)] == [code, code]
    assert len(client.session._waiting) == 0


def test_a_pull_of_what_is_not_open_is_empty(client):
    client.start(PULLING)
    assert client.request("textDocument/diagnostic", {"textDocument": {"uri": "file:///no.py"}})["items"] == []


@pytest.mark.parametrize(
    ("method", "more", "empty"),
    [
        ("textDocument/hover", {"position": place((0, 0))}, None),
        ("textDocument/codeLens", {}, []),
        ("gifthorse/regions", {}, {"regions": []}),
    ],
)
def test_what_can_be_answered_without_an_analysis_is_not_kept_waiting(client, method, more, empty):
    client.start()
    uri = client.open("x")
    assert client.request(method, {"textDocument": {"uri": uri}, **more}) == empty


# Regions


def test_a_region_as_the_protocol_shows_it(inserted):
    client, uri = inserted
    (region,) = client.regions(uri)
    assert len(region.pop("id")) >= 16
    assert region.pop("insertedAt").endswith("Z")
    assert region == {
        "uri": uri,
        "ranges": [{"start": place((1, 0)), "end": place((2, 0))}],
        "origin": {"tool": "copilot", "kind": "inline-completion"},
        "evidence": "reported",
        "retained": 1.0,
        "standing": "unreviewed",
        "findings": {"high": 1, "medium": 0, "low": 0},
    }
    assert client.request("gifthorse/regions", {})["regions"][0]["uri"] == uri


@pytest.mark.parametrize("kind", ["paste", "programmatic", "bulk", "disk", "marked", "something new"])
def test_signals_that_are_no_claims_make_no_region(client, kind):
    client.start()
    uri = client.open("")
    client.change(uri, (0, 0), (0, 0), "x = 1\ny = 2\n")
    client.insert(uri, (0, 0), (2, 0), kind=kind)
    assert client.regions(uri) == []


def test_a_late_report_is_carried_forward(client):
    client.start()
    uri = client.open("")
    client.change(uri, (0, 0), (0, 0), "x = 1\n")
    version = client.versions[uri]
    client.change(uri, (0, 0), (0, 0), "# mine\n")
    client.insert(uri, (0, 0), (1, 0), version=version)
    assert client.regions(uri)[0]["ranges"] == [{"start": place((1, 0)), "end": place((2, 0))}]


def test_an_early_report_waits_for_its_version(client):
    client.start()
    uri = client.open("")
    client.insert(uri, (0, 0), (1, 0), version=2)
    assert client.regions(uri) == []
    client.change(uri, (0, 0), (0, 0), "x = 1\n")
    assert len(client.regions(uri)) == 1


def test_a_report_for_a_version_long_gone_is_dropped(client):
    client.start()
    uri = client.open("")
    client.change(uri, (0, 0), (0, 0), "x = 1\n")
    for _ in range(80):
        client.change(uri, (0, 0), (0, 0), "y")
    client.insert(uri, (0, 0), (1, 0), version=2)
    assert client.regions(uri) == []


def test_ranges_outside_of_the_text_are_clamped(client):
    client.start()
    uri = client.open("")
    client.change(uri, (0, 0), (0, 0), "x = 1\n")
    client.insert(uri, (0, 0), (500, 500))
    assert client.regions(uri)[0]["ranges"] == [{"start": place((0, 0)), "end": place((1, 0))}]


def test_typing_inside_splits_the_region(inserted):
    client, uri = inserted
    client.change(uri, (1, 3), (1, 3), "_mine")
    client.analyse(uri)
    ranges = client.regions(uri)[0]["ranges"]
    assert [(one["start"]["character"], one["end"]["character"]) for one in ranges] == [(0, 3), (8, 0)]


def test_changes_of_regions_are_told_at_most_every_100_ms(inserted):
    client, uri = inserted
    before = len(client.said("gifthorse/regionsChanged"))
    for _ in range(20):
        client.change(uri, (0, 0), (0, 0), "x")
    assert len(client.said("gifthorse/regionsChanged")) - before <= 1
    client.until(lambda: client.said("gifthorse/regionsChanged")[-1]["version"] == client.versions[uri])


def test_the_status_counts_what_waits_for_a_review(inserted):
    client, uri = inserted
    status = client.said("gifthorse/status")
    assert (status[0]["unreviewed"], status[-1]["unreviewed"], status[-1]["state"]) == (0, 1, "ready")
    client.execute("gifthorse.approve", regions=[client.regions(uri)[0]["id"]])
    assert client.said("gifthorse/status")[-1]["unreviewed"] == 0


def test_the_status_follows_the_worker(client):
    client.start()
    for condition, state in ((Condition.DEGRADED, "degraded"), (Condition.BUSY, "busy"), (Condition.READY, "ready")):
        client.session.worker_state(WorkerState(condition, "why"))
        assert client.said("gifthorse/status")[-1]["state"] == state


# What a person says


def test_approving_and_changing_reopens(inserted):
    client, uri = inserted
    ident = client.regions(uri)[0]["id"]
    assert client.execute("gifthorse.approve", regions=[ident]) == {"regions": [ident]}
    assert client.regions(uri)[0]["standing"] == "approved"
    client.change(uri, (1, 0), (1, 3), "")
    client.analyse(uri)
    assert client.regions(uri)[0]["standing"] == "reopened"


def test_disputing_keeps_the_comment(inserted):
    client, uri = inserted
    ident = client.regions(uri)[0]["id"]
    client.execute("gifthorse.dispute", region=ident, comment="this leaks")
    assert client.regions(uri)[0]["standing"] == "disputed"
    workspace = client.session.roots.of(client.session.documents[uri].path)
    verdicts = [event.verdict for event in workspace.journal.events("a.py") if type(event).__name__ == "Judged"]
    assert [(verdict.comment, verdict.proven) for verdict in verdicts] == [("this leaks", False)]


def test_marking_by_hand(client):
    client.start()
    uri = client.open("one\ntwo\nthree\n")
    client.analyse(uri)
    where = {"start": place((0, 0)), "end": place((2, 0))}
    ident = client.execute("gifthorse.markInserted", uri=uri, range=where, tool="chatbot")["region"]
    (region,) = client.regions(uri)
    assert (region["id"], region["origin"]["tool"], region["evidence"]) == (ident, "chatbot", "reported")
    line = {"start": place((0, 0)), "end": place((1, 0))}
    assert client.execute("gifthorse.markHuman", uri=uri, range=line) == {"regions": [ident]}
    assert client.regions(uri)[0]["ranges"] == [{"start": place((1, 0)), "end": place((2, 0))}]


def reply_to(client, method, result):
    message = client.asked(method)[-1]
    client.send(id=message["id"], result=result)
    return message["params"]


def test_rejecting_puts_back_what_was_there(client):
    client.start({"workspace": {"workspaceEdit": {"documentChanges": True}}})
    uri = client.open("keep\nold\n")
    client.change(uri, (1, 0), (1, 3), "get(verify=False)")
    client.insert(uri, (1, 0), (1, 17))
    client.analyse(uri)
    ident = client.regions(uri)[0]["id"]
    request = client.begin(
        "workspace/executeCommand", {"command": "gifthorse.reject", "arguments": [{"region": ident}]}
    )
    assert client.answers(request) == []
    (change,) = reply_to(client, "workspace/applyEdit", {"applied": True})["edit"]["documentChanges"]
    assert change["textDocument"]["version"] == 2
    assert [one["newText"] for one in change["edits"]] == ["old"]
    assert client.answers(request)[0]["result"] == {"applied": True}


def test_a_rejection_that_the_client_does_not_make_changes_nothing(inserted):
    client, uri = inserted
    ident = client.regions(uri)[0]["id"]
    params = {"command": "gifthorse.reject", "arguments": [{"region": ident}]}
    for refusal in ({"result": {"applied": False}}, {"error": {"code": -32601, "message": "no"}}):
        request = client.begin("workspace/executeCommand", params)
        client.send(id=client.asked("workspace/applyEdit")[-1]["id"], **refusal)
        assert client.answers(request)[0]["result"] == {"applied": False}
    assert [region["id"] for region in client.regions(uri)] == [ident]


@pytest.mark.parametrize(
    ("command", "argument"),
    [
        ("gifthorse.approve", {"regions": ["nobody"]}),
        ("gifthorse.approve", {"regions": "nobody"}),
        ("gifthorse.approve", {}),
        ("gifthorse.dispute", {"region": "nobody", "comment": "x"}),
        ("gifthorse.dispute", {"region": "nobody"}),
        ("gifthorse.reject", {"region": "nobody"}),
        (
            "gifthorse.markInserted",
            {"uri": "file:///closed.py", "range": {"start": place((0, 0)), "end": place((1, 0))}},
        ),
        ("gifthorse.markInserted", {"uri": "file:///closed.py"}),
        ("gifthorse.suppress", {"uri": "file:///closed.py", "fingerprint": "f", "reason": "r"}),
    ],
)
def test_a_command_that_cannot_be_carried_out_says_what_to_do(inserted, command, argument):
    client, _ = inserted
    with pytest.raises(RefusedError) as refused:
        client.execute(command, **argument)
    assert refused.value.args[0] == -32602
    assert len(refused.value.args[1]) > 20


def test_an_unknown_command_names_the_known_ones(inserted):
    client, _ = inserted
    with pytest.raises(RefusedError, match=r"gifthorse\.approve"):
        client.execute("gifthorse.nothing")


def test_a_region_is_not_shown_before_it_is_on_disk(client, monkeypatch):
    client.start()
    uri = client.open("")
    client.change(uri, (0, 0), (0, 0), "x = 1\n")
    workspace = client.session.roots.of(client.session.documents[uri].path)

    def full(event):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(workspace.journal, "append", full)
    client.insert(uri, (0, 0), (1, 0))
    assert client.regions(uri) == []
    assert client.said("gifthorse/status")[-1]["state"] == "degraded"
    monkeypatch.undo()
    monkeypatch.setenv("GIFTHORSE_STATE_DIR", str(client.root.parent / "state"))
    client.insert(uri, (0, 0), (1, 0))
    assert len(client.regions(uri)) == 1
    assert client.said("gifthorse/status")[-1]["state"] == "ready"


# Actions, lenses, hovers


def test_actions_in_their_order(inserted):
    client, uri = inserted
    kinds = [action["kind"] for action in client.actions(uri)]
    region = "quickfix.gifthorse.region"
    assert kinds == ["quickfix", "quickfix", region, region, region, region, "source.fixAll.gifthorse.tls"]
    assert client.actions(uri)[0]["isPreferred"] is True
    assert client.actions(uri)[0]["diagnostics"][0]["code"] == "tls-verify-off"


@pytest.mark.parametrize(
    ("only", "count"),
    [
        (["quickfix"], 6),
        (["quickfix.gifthorse.region"], 4),
        (["source"], 1),
        (["source.fixAll"], 1),
        (["source.fixAll.gifthorse"], 1),
        (["source.organizeImports"], 0),
        (["refactor"], 0),
        ([""], 7),
        ([], 7),
        (["quick"], 0),
    ],
)
def test_actions_of_the_kinds_that_are_wanted(inserted, only, count):
    client, uri = inserted
    assert len(client.actions(uri, only=only)) == count


def test_titles_do_not_name_an_assistant_that_is_unknown(client):
    client.start()
    uri = client.open("x\n")
    client.execute("gifthorse.markInserted", uri=uri, range={"start": place((0, 0)), "end": place((1, 0))})
    client.analyse(uri)
    assert [action["title"] for action in client.actions(uri)] == [
        "Mark this AI text as reviewed",
        "Dispute this AI text",
        "A person wrote this, not an assistant",
    ]


def test_actions_elsewhere_are_none_but_fix_all(inserted):
    client, uri = inserted
    assert [action["kind"] for action in client.actions(uri, (0, 0), (0, 0))] == ["source.fixAll.gifthorse.tls"]


def test_an_edit_is_there_at_once_for_who_cannot_resolve(inserted):
    client, uri = inserted
    (change,) = client.actions(uri)[0]["edit"]["documentChanges"]
    assert change["edits"][0]["range"]["start"] == place((1, 4))


def test_an_edit_is_resolved_for_who_can_and_only_for_that_version(client):
    client.start({"textDocument": {"codeAction": {"dataSupport": True, "resolveSupport": {"properties": ["edit"]}}}})
    uri = client.open("get(verify=False)")
    client.analyse(uri)
    fix, suppress, everything = client.actions(uri)
    assert "edit" not in fix
    for action in (fix, everything):
        assert client.request("codeAction/resolve", action)["edit"]["changes"][uri][0]["newText"] == ""
    comment = client.request("codeAction/resolve", suppress)["edit"]["changes"][uri][0]["newText"]
    assert comment.startswith("# gifthorse: allow tls-verify-off -- <")
    client.change(uri, (0, 0), (0, 0), "x")
    client.analyse(uri)
    with pytest.raises(RefusedError) as refused:
        client.request("codeAction/resolve", fix)
    assert refused.value.args[0] == -32801


def test_a_client_that_can_ask_is_left_to_ask(client):
    client.start(options={"asksReason": True, "asksComment": True})
    uri = client.open("")
    client.change(uri, (0, 0), (0, 0), "get(verify=False)")
    client.insert(uri, (0, 0), (0, 17))
    client.analyse(uri)
    commands = {
        action["command"]["command"]: action["command"] for action in client.actions(uri) if "command" in action
    }
    argument = commands["gifthorse.client.suppress"]["arguments"][0]
    assert "gifthorse.client.dispute" in commands
    request = client.begin(
        "workspace/executeCommand",
        {
            "command": "gifthorse.suppress",
            "arguments": [{"uri": uri, "fingerprint": argument["fingerprint"], "reason": "a test server"}],
        },
    )
    edit = reply_to(client, "workspace/applyEdit", {"applied": True})["edit"]["changes"][uri][0]
    assert edit["newText"] == "# gifthorse: allow tls-verify-off -- a test server\n"
    assert client.answers(request)[0]["result"] == {"applied": True}
    with pytest.raises(RefusedError, match="reason"):
        client.execute("gifthorse.suppress", uri=uri, fingerprint=argument["fingerprint"], reason="  ")


def test_lenses_say_who_and_offer_the_review(inserted):
    client, uri = inserted
    lenses = client.request("textDocument/codeLens", {"textDocument": {"uri": uri}})
    assert [lens["command"]["title"] for lens in lenses] == [
        "AI: copilot · 1 finding · unreviewed",
        "Approve",
        "Reject",
    ]
    assert {lens["range"]["start"]["line"] for lens in lenses} == {1}
    for lens in lenses[1:2]:
        client.execute(lens["command"]["command"], **lens["command"]["arguments"][0])
    lenses = client.request("textDocument/codeLens", {"textDocument": {"uri": uri}})
    assert [lens["command"]["title"] for lens in lenses] == ["AI: copilot · 1 finding · approved", "Reject"]


@pytest.mark.parametrize(("formats", "kind"), [(["markdown", "plaintext"], "markdown"), (["plaintext"], "plaintext")])
def test_hovers_are_in_the_client_s_format(client, formats, kind):
    client.start({"textDocument": {"hover": {"contentFormat": formats}}})
    uri = client.open("get(verify=False)")
    client.analyse(uri)
    shown = client.request("textDocument/hover", {"textDocument": {"uri": uri}, "position": place((0, 2))})
    assert shown["contents"]["kind"] == kind
    assert "Anybody can listen." in shown["contents"]["value"]
    assert client.request("textDocument/hover", {"textDocument": {"uri": uri}, "position": place((5, 0))}) is not None


# Memory


def test_regions_are_found_again_when_the_document_is_opened_again(inserted):
    client, uri = inserted
    client.execute("gifthorse.approve", regions=[client.regions(uri)[0]["id"]])
    before = client.regions(uri)
    text = bytes(client.session.documents[uri].text).decode()
    client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    client.open(f"# above\n{text}")
    client.analyse(uri)
    (region,) = client.regions(uri)
    assert (region["id"], region["standing"]) == (before[0]["id"], "approved")
    assert region["ranges"] == [{"start": place((2, 0)), "end": place((3, 0))}]


def test_another_server_knows_the_regions(inserted):
    client, uri = inserted
    text = bytes(client.session.documents[uri].text).decode()
    other = Client(client.root)
    other.start()
    other.open(text)
    other.analyse(uri)
    assert [region["id"] for region in other.regions(uri)] == [region["id"] for region in client.regions(uri)]


def test_places_are_written_down_when_the_typing_pauses(inserted):
    client, uri = inserted
    client.change(uri, (0, 0), (0, 0), "# above\n")
    workspace = client.session.roots.of(client.session.documents[uri].path)
    digest = client.session.documents[uri].text.digest()

    def written():
        events = workspace.journal.events("a.py")
        return any(getattr(event, "digest", "") == digest for event in events)

    assert not written()
    client.until(written)


def test_regions_go_with_a_renamed_file(inserted):
    client, uri = inserted
    text = bytes(client.session.documents[uri].text).decode()
    new = (client.root / "b.py").as_uri()
    client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    client.notify("workspace/didRenameFiles", {"files": [{"oldUri": uri, "newUri": new}]})
    client.open(text, "b.py")
    client.analyse(new)
    assert len(client.regions(new)) == 1


def test_regions_come_back_when_the_renaming_is_told_after_the_opening(inserted):
    client, uri = inserted
    text = bytes(client.session.documents[uri].text).decode()
    new = (client.root / "b.py").as_uri()
    client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    client.open(text, "b.py")
    client.notify("workspace/didRenameFiles", {"files": [{"oldUri": uri, "newUri": new}]})
    client.analyse(new)
    assert len(client.regions(new)) == 1


def test_what_is_no_file_has_regions_while_it_is_open(client):
    client.start()
    uri = "untitled:Untitled-1"
    item = {"uri": uri, "languageId": "python", "version": 1, "text": "old"}
    client.notify("textDocument/didOpen", {"textDocument": item})
    client.versions[uri] = 1
    client.change(uri, (0, 0), (0, 3), "get(verify=False)")
    client.insert(uri, (0, 0), (0, 17))
    client.analyse(uri)
    assert client.regions(uri)[0]["findings"]["high"] == 1
    titles = [
        lens["command"]["title"] for lens in client.request("textDocument/codeLens", {"textDocument": {"uri": uri}})
    ]
    assert "Reject" in titles


# Workspace


def test_the_workspace_is_scanned_once_for_who_pulls(client):
    (client.root / "closed.py").write_bytes(RISKY)
    (client.root / "clean.py").write_bytes(b"x")
    client.start(PULLING)
    uri = client.open("get(verify=False)")
    client.analyse(uri)
    first = client.request("workspace/diagnostic", {"previousResultIds": []})["items"]
    assert {one["uri"].rpartition("/")[2]: len(one["items"]) for one in first} == {"a.py": 1, "closed.py": 1}
    previous = [{"uri": one["uri"], "value": one["resultId"]} for one in first]
    second = client.request("workspace/diagnostic", {"previousResultIds": previous})["items"]
    assert {one["kind"] for one in second} == {"unchanged"}
    (client.root / "closed.py").unlink()
    changes = [{"uri": (client.root / "closed.py").as_uri(), "type": 3}]
    client.notify("workspace/didChangeWatchedFiles", {"changes": changes})
    third = client.request("workspace/diagnostic", {"previousResultIds": previous})["items"]
    assert {one["uri"].rpartition("/")[2]: one.get("items") for one in third} == {"a.py": None, "closed.py": []}


def test_a_scan_shows_its_progress_and_what_it_found(client):
    (client.root / "closed.py").write_bytes(RISKY)
    client.start({"window": {"workDoneProgress": True}})
    client.may_scan.clear()
    request = client.begin("workspace/executeCommand", {"command": "gifthorse.rescan", "arguments": [{}]})
    reply_to(client, "window/workDoneProgress/create", None)
    client.may_scan.set()
    client.until(lambda: client.answers(request))
    assert client.answers(request)[0]["result"] == {"files": 1, "findings": 1, "notAnalysed": []}
    assert [len(one["diagnostics"]) for one in client.said("textDocument/publishDiagnostics")] == [1]
    kinds = [one["value"]["kind"] for one in client.said("$/progress")]
    assert (kinds[0], kinds[-1]) == ("begin", "end")
    assert client.said("gifthorse/status")[-1]["state"] == "ready"


def test_a_scan_can_be_stopped(client):
    for number in range(200):
        (client.root / f"{number}.py").write_bytes(RISKY)
    client.start()
    client.server.survey._start_worker = lambda limits, on_reply, on_state: Worker()  # it never answers
    request = client.begin(
        "workspace/executeCommand", {"command": "gifthorse.rescan", "arguments": [{}], "workDoneToken": "mine"}
    )
    client.notify("window/workDoneProgress/cancel", {"token": "mine"})
    client.until(lambda: client.answers(request))
    assert client.answers(request)[0]["error"]["code"] == -32800
    assert client.said("$/progress")[-1] == {"token": "mine", "value": {"kind": "end", "message": "stopped"}}


def test_trust_and_settings_change_what_is_shown(client):
    (client.root / ".git").mkdir()
    (client.root / "gifthorse.toml").write_text('[rules]\noff = ["tls-verify-off"]\n')
    client.start()
    uri = client.open("get(verify=False)")
    client.analyse(uri)
    client.notify("gifthorse/didChangeTrust", {"trusted": True})
    client.notify("gifthorse/didChangeTrust", {"trusted": False})
    client.notify(
        "workspace/didChangeConfiguration", {"settings": {"gifthorse": {"rules": {"off": ["tls-verify-off"]}}}}
    )
    assert [len(one["diagnostics"]) for one in client.published(uri)] == [1, 0, 1, 0]


def test_configured_limits_reach_the_workers(client):
    client.start()
    client.open("x")
    assert client.worker.limits == Limits(content=Bounds().file_bytes)
    (client.root / ".git").mkdir()
    (client.root / "gifthorse.toml").write_text("[limits]\nseconds = 99\n")
    (client.root / "closed.py").write_bytes(RISKY)
    settings = {"limits": {"seconds": 2.5, "megabytes": 100, "file-bytes": 4000}}
    client.notify("workspace/didChangeConfiguration", {"settings": {"gifthorse": settings}})
    limits = Limits(seconds=2.5, memory=100 * MIB, content=4000)
    assert client.worker.limits == limits
    client.execute("gifthorse.rescan")
    assert client.scan_limits == limits


def test_a_root_that_is_not_trusted_does_not_set_limits(client):
    (client.root / ".git").mkdir()
    (client.root / "gifthorse.toml").write_text("[limits]\nseconds = 99\nmegabytes = 4_000\n")
    client.start()
    client.open("x")
    assert client.worker.limits.seconds == Bounds().seconds
    client.notify("gifthorse/didChangeTrust", {"trusted": True})
    assert (client.worker.limits.seconds, client.worker.limits.memory) == (99, 4_000 * MIB)
    client.notify("gifthorse/didChangeTrust", {"trusted": False})
    assert client.worker.limits.seconds == Bounds().seconds


def test_settings_are_pulled_from_who_lets_us(client):
    client.start({"workspace": {"configuration": True, "didChangeConfiguration": {"dynamicRegistration": True}}})
    uri = client.open("get(verify=False)")
    client.analyse(uri)
    registered = client.asked("client/registerCapability")[-1]["params"]["registrations"]
    assert [one["method"] for one in registered] == ["workspace/didChangeConfiguration"]
    reply_to(client, "workspace/configuration", [{"rules": {"off": ["tls-verify-off"]}}])
    assert client.published(uri)[-1]["diagnostics"] == []
    client.notify("workspace/didChangeConfiguration", {"settings": None})
    assert len(client.asked("workspace/configuration")) == 2
    reply_to(client, "workspace/configuration", [None])
    assert len(client.published(uri)[-1]["diagnostics"]) == 1


def test_a_changed_configuration_file_is_read_again(client):
    (client.root / ".git").mkdir()
    client.start(options={"trusted": True})
    uri = client.open("get(verify=False)")
    client.analyse(uri)
    (client.root / "gifthorse.toml").write_text('[rules]\noff = ["tls-verify-off"]\n')
    changes = [{"uri": (client.root / "gifthorse.toml").as_uri(), "type": 1}]
    client.notify("workspace/didChangeWatchedFiles", {"changes": changes})
    assert client.published(uri)[-1]["diagnostics"] == []


def test_folders_come_and_go(client, tmp_path):
    client.start()
    other = tmp_path / "other"
    other.mkdir()
    (other / "b.py").write_bytes(RISKY)
    folder = {"uri": other.as_uri(), "name": "other"}
    client.notify("workspace/didChangeWorkspaceFolders", {"event": {"added": [folder], "removed": []}})
    assert client.execute("gifthorse.rescan")["files"] == 1
    client.notify("workspace/didChangeWorkspaceFolders", {"event": {"added": [], "removed": [folder]}})
    assert client.execute("gifthorse.rescan")["files"] == 0


@pytest.mark.parametrize("unit", ["utf-8", "utf-16", "utf-32"])
def test_every_encoding_means_the_same_place(client, unit):
    client.start({"general": {"positionEncodings": [unit]}})
    uri = client.open("é😀\u2028\x0c get(verify=False)")
    client.analyse(uri)
    shown = client.published(uri)[-1]["diagnostics"][0]["range"]
    column = {"utf-8": 11, "utf-16": 6, "utf-32": 5}[unit]
    assert shown == {"start": place((0, column)), "end": place((0, column + 17))}
    client.change(uri, (0, column), (0, column + 4), "")
    assert bytes(client.session.documents[uri].text).endswith(b"\x0c verify=False)")


def test_nothing_is_left_after_many_messages(client):
    client.start(PULLING)
    uri = client.open("")
    client.change(uri, (0, 0), (0, 0), "x = 1\n")
    client.insert(uri, (0, 0), (1, 0))
    for number in range(2000):
        client.change(uri, (0, 0), (0, number % 2), "y" * ((number + 1) % 2))
        client.begin("textDocument/diagnostic", {"textDocument": {"uri": uri}})
    client.analyse(uri)
    assert len(client.session._waiting) == 0
    assert client.server.connection._pending == {}
    assert len(client.pump._due) < 10


def test_regions_of_files_that_are_not_open_are_known_and_can_be_reviewed(client):
    client.start()
    for name in ("a.py", "b.py"):
        uri = client.open("", name)
        client.change(uri, (0, 0), (0, 0), "get(verify=False)\nmore = 1\n")
        client.insert(uri, (0, 0), (1, 0))
        client.insert(uri, (1, 0), (2, 0))
        (client.root / name).write_bytes(bytes(client.session.documents[uri].text))
        client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    other = Client(client.root)
    other.start()
    other.open("get(verify=False)\nmore = 1\n", "a.py")
    other.until(lambda: other.said("gifthorse/status")[-1]["unreviewed"] == 4)
    regions = other.request("gifthorse/regions", {})["regions"]
    assert [region["uri"].rpartition("/")[2] for region in regions] == ["a.py", "a.py", "b.py", "b.py"]
    other.execute("gifthorse.rescan")
    regions = other.request("gifthorse/regions", {})["regions"]
    assert [region["findings"]["high"] for region in regions[2:]] == [1, 0]
    other.execute("gifthorse.approve", regions=[region["id"] for region in regions])
    assert other.said("gifthorse/status")[-1]["unreviewed"] == 0
    third = Client(client.root)
    third.start()
    standings = [region["standing"] for region in third.request("gifthorse/regions", {})["regions"]]
    assert standings == ["approved"] * 4


def test_a_dispute_is_written_where_the_client_cannot_ask_and_counts_once_it_is_filled_in(inserted):
    client, uri = inserted
    action = next(action for action in client.actions(uri) if action["title"].startswith("Dispute"))
    edit = action["edit"]["documentChanges"][0]["edits"][0]
    assert edit == {
        "range": {"start": place((1, 0)), "end": place((1, 0))},
        "newText": "# gifthorse: dispute -- <say what is wrong>\n",
    }
    client.change(uri, (1, 0), (1, 0), edit["newText"])

    def save():
        client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
        client.analyse(uri)
        return client.regions(uri)[0]["standing"]

    assert save() == "unreviewed"
    client.change(uri, (1, 24), (1, 43), "it leaks")
    assert save() == "disputed"
    client.execute("gifthorse.approve", regions=[client.regions(uri)[0]["id"]])
    assert save() == "approved"


@pytest.mark.parametrize("analysed", [False, True])
def test_a_document_of_which_a_change_was_lost_says_that_it_is_not_analysed(client, analysed):
    client.start()
    uri = client.open("get(verify=False)")
    if analysed:
        client.analyse(uri)
    document = {"uri": uri, "version": 2}
    client.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": 5}]})
    if not analysed:
        client.analyse(uri)
    assert client.published(uri)[-1]["diagnostics"][0]["code"] == "not-analysed"
    client.versions[uri] = 2
    client.change(uri, (0, 0), (0, 0), "x")
    client.analyse(uri)
    assert client.published(uri)[-1]["diagnostics"][0]["code"] == "not-analysed"
    client.open("x")
    client.analyse(uri)
    assert client.published(uri)[-1]["diagnostics"] == []


def test_what_is_wrong_in_a_configuration_is_shown_in_its_file(client):
    (client.root / ".git").mkdir()
    file = client.root / "gifthorse.toml"
    file.write_text('exclud = ["x"]\n')
    client.start()
    client.open("")
    (problem,) = client.published(file.as_uri())[-1]["diagnostics"]
    assert (problem["code"], problem["range"]["start"]["line"]) == ("configuration", 0)
    file.write_text("")
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": file.as_uri(), "type": 2}]})
    assert client.published(file.as_uri())[-1]["diagnostics"] == []


def test_who_was_answered_too_early_is_told_to_ask_again(client):
    client.start({"workspace": {"codeLens": {"refreshSupport": True}}})
    uri = client.open("")
    client.change(uri, (0, 0), (0, 0), "get(verify=False)")
    client.insert(uri, (0, 0), (0, 17))
    client.until(lambda: not client.pump.waiting(("refresh", "workspace/codeLens/refresh")))
    lenses = client.request("textDocument/codeLens", {"textDocument": {"uri": uri}})
    assert "being analysed" in lenses[0]["command"]["title"]
    before = len(client.asked("workspace/codeLens/refresh"))
    client.analyse(uri)
    assert len(client.asked("workspace/codeLens/refresh")) == before + 1
    lenses = client.request("textDocument/codeLens", {"textDocument": {"uri": uri}})
    assert "1 finding" in lenses[0]["command"]["title"]


@pytest.mark.parametrize(
    "uri",
    [
        "",
        ":",
        "file:",
        "file://",
        "file:///",
        "file:///a%00b.py",
        "file:///%FF%FE.py",
        "file://[::1/x.py",
        "x" * 9000,
        "file:///" + "a/" * 3000 + "x.py",
        "untitled:a b",
        "git:/a.py?%7B%7D",
        "file:///a.py#frag",
    ],
    ids=lambda uri: uri[:20],
)
def test_no_uri_is_too_strange(client, uri):
    client.start()
    item = {"uri": uri, "languageId": "python", "version": 1, "text": "get(verify=False)"}
    client.notify("textDocument/didOpen", {"textDocument": item})
    client.analyse(uri)
    client.versions[uri] = 1
    client.insert(uri, (0, 0), (0, 17))
    client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
    assert len(client.regions(uri)) == 1
    client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    assert [one["state"] for one in client.said("gifthorse/status")][-1] == "ready"


def test_an_early_answer_knows_the_regions_that_came_meanwhile(client):
    client.start()
    uri = client.open("")
    client.change(uri, (0, 0), (0, 0), "x = 1\n")
    ident = client.begin("gifthorse/regions", {"textDocument": {"uri": uri}})
    client.insert(uri, (0, 0), (1, 0))
    client.until(lambda: client.answers(ident))
    assert len(client.answers(ident)[0]["result"]["regions"]) == 1


def test_a_file_that_was_mended_is_shown_clean_after_a_new_scan(client):
    closed = client.root / "closed.py"
    closed.write_bytes(RISKY)
    client.start()
    client.execute("gifthorse.rescan")
    closed.write_bytes(b"x")
    client.execute("gifthorse.rescan")
    assert [len(one["diagnostics"]) for one in client.published(closed.as_uri())] == [1, 0]


def test_trust_covers_the_client_s_folders_only(client, tmp_path):
    foreign = tmp_path / "foreign"
    for folder in (client.root, foreign):
        (folder / ".git").mkdir(parents=True)
        (folder / "gifthorse.toml").write_text('[rules]\noff = ["tls-verify-off"]\n')
    client.start(options={"trusted": True})
    shown = []
    for name in ("a.py", "../foreign/a.py"):
        uri = client.open("get(verify=False)", name)
        client.analyse(uri)
        shown.append(len(client.published(uri)[-1]["diagnostics"]))
    assert shown == [0, 1]


def test_a_folder_inside_another_is_scanned_once(client):
    inner = client.root / "inner"
    inner.mkdir()
    for number in range(20):
        (inner / f"{number}.py").write_bytes(RISKY)
    client.start()
    folder = {"uri": inner.as_uri(), "name": "inner"}
    client.notify("workspace/didChangeWorkspaceFolders", {"event": {"added": [folder], "removed": []}})
    assert client.execute("gifthorse.rescan") == {"files": 20, "findings": 20, "notAnalysed": []}


# What a keystroke may cost this process, without the analysis: the least of many, since other programs may be running.
# The bounds are some four times what an idle machine needs.

KEYSTROKES = 40


def crowded(client, lines, regions, findings):
    """A document with so many lines, Regions of three lines, and findings, analysed once."""
    client.start()
    risky = {number * lines // findings for number in range(findings)}
    text = "".join(
        "    get(verify=False)\n" if number in risky else f"    value_{number} = compute(one, two)\n"
        for number in range(lines)
    )
    uri = client.open(text)
    document = client.session.documents[uri]
    holdings = document.holdings
    for number in range(regions):
        first = number * lines // regions
        span = Span(document.text.line_span(first).start, document.text.line_span(first + 2).end)
        origin = Origin("copilot", "inline-completion")
        insertion = Insertion(f"r{number}", origin, Evidence.REPORTED, "2026-01-01T00:00:00Z", "", None, 90)
        holdings = add(holdings, document.text, insertion, [span])
    client.session.documents[uri] = replace(document, holdings=holdings)
    client.analyse(uri)
    assert len(client.published(uri)[-1]["diagnostics"]) == findings
    return uri


def cost(client, uri, line):
    """The least processor time of a keystroke from its message to its diagnostics, in seconds."""
    client.take = lambda body: None  # what the test does with it is not the server's cost
    client.server.connection.send = client.take
    times = []
    for number in range(KEYSTROKES):
        started = time.process_time()
        client.change(uri, (line, 4 + number % 9), (line, 4 + number % 9), "x")
        spent = time.process_time() - started
        reply = client.worker.reply(uri)
        started = time.process_time()
        client.session.reply(reply)
        times.append(spent + time.process_time() - started)
    return min(times)


@pytest.mark.parametrize(
    ("lines", "regions", "findings", "most"),
    [(3_000, 0, 118, 0.006), (20_000, 1_000, 0, 0.005), (20_000, 1_000, 118, 0.012)],
)
def test_a_keystroke_is_cheap(client, lines, regions, findings, most):
    uri = crowded(client, lines, regions, findings)
    assert cost(client, uri, lines // 2 + 5) < most


if os.name != "nt":  # where only an administrator can make a symbolic link

    def test_a_workspace_behind_a_link_keeps_the_client_s_names(client, tmp_path):
        (tmp_path / "link").symlink_to(client.root)
        client.root = tmp_path / "link"
        client.start()
        uri = client.open("")
        client.change(uri, (0, 0), (0, 0), "get(verify=False)\n")
        client.insert(uri, (0, 0), (1, 0))
        (client.root / "a.py").write_bytes(RISKY + b"\n")
        (client.root / "b.py").write_bytes(RISKY)
        client.analyse(uri)
        assert client.execute("gifthorse.rescan")["findings"] == 2
        assert len(client.published((client.root / "b.py").as_uri())) == 1
        assert [region["uri"] for region in client.request("gifthorse/regions", {})["regions"]] == [uri]
