"""A server in this process and a client of it, for the tests of this folder. Its worker answers when the test says so."""

import json
import queue
import re
import threading
from collections import Counter

from lsprotocol import converters, types

from gifthorse.lsp.announce import Announcer
from gifthorse.lsp.pump import Pump
from gifthorse.lsp.roots import Roots
from gifthorse.lsp.server import Server
from gifthorse.lsp.session import Session
from gifthorse.lsp.survey import Survey
from gifthorse.model.finding import Confidence, Finding, Fix, FixKind, Report, Severity
from gifthorse.model.rule import Catalogue, Language, Rule
from gifthorse.model.text import Edit, Span
from gifthorse.worker.state import Reply

RISKY = b"get(verify=False)"
RULE = Rule(
    "tls-verify-off",
    "tls",
    (295,),
    Severity.HIGH,
    Confidence.HIGH,
    "TLS verification is off",
    "TLS verification is off",
    "Anybody can listen.",
    "Leave it on.",
    (),
    (),
    (),
)
PYTHON = Language("python", "", (".py",), (), ("python",), ("#",), (), "", "", {}, frozenset(), frozenset(), {})
CATALOGUE = Catalogue({RULE.id: RULE}, {"python": PYTHON}, "1")
PULLING = {"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": True}}}
CONVERTER = converters.get_converter()


class Worker:
    """Finds RISKY in the documents, when it is told to answer."""

    def __init__(self):
        self.texts = {}
        self.versions = {}
        self.released = []
        self.incomplete = ""
        self.limits = None
        self.own = {}
        self.held = {}

    def allow(self, limits):
        self.limits = limits

    def rules(self, root, rules):
        self.own[root] = rules

    def open(self, uri, version, language_id, content, file=None):
        self.texts[uri], self.versions[uri] = content, version

    def change(self, uri, version, edits):
        for span, new in edits:
            self.texts[uri] = self.texts[uri][: span.start] + new + self.texts[uri][span.end :]
        self.versions[uri] = version

    def against(self, uri, version, before, terms=None):
        self.held[uri] = before

    def stale(self, places):
        self.changed = places

    def close(self, uri):
        del self.texts[uri]

    def release(self, uri):
        self.released.append(uri)

    def stop(self):
        pass

    def reply(self, uri):
        return Reply(uri, self.versions[uri], self.report(self.texts[uri]))

    def report(self, content):
        found, at = [], content.find(RISKY)
        while at >= 0:
            fix = Fix("Leave verification on", FixKind.MECHANICAL, (Edit(Span(at + 4, at + 16), b""),))
            span = Span(at, at + len(RISKY))
            found.append(Finding(RULE.id, span, RULE.message, Severity.HIGH, Confidence.HIGH, fixes=(fix,)))
            at = content.find(RISKY, at + 1)
        comments = tuple(Span(*match.span()) for match in re.finditer(rb"#[^\n]*", content))
        return Report("python", tuple(found), comments, self.incomplete)


class Client:
    """Sends messages to a server in this process and keeps what comes back, checked by lsprotocol's types."""

    def __init__(self, root):
        self.received = []
        self.exits = []
        self.pump = Pump(self.fault)
        self.worker = Worker()
        self.session = Session(self.pump, self.worker, Roots(CATALOGUE), Announcer(self.pump))
        survey = Survey(self.pump, self.session, self.start_background)
        self.server = Server(self.pump, self.take, self.session, survey, self.exits.append)
        self.ids = 0
        self.root = root
        self.versions = Counter()
        self.may_scan = threading.Event()
        self.may_scan.set()

    def fault(self, fault):
        raise fault

    def start_background(self, limits, on_reply, on_state):
        self.scan_limits = limits
        return Background(on_reply, self.may_scan)

    def take(self, body):
        message = json.loads(body)
        kinds = types.METHOD_TO_TYPES.get(message.get("method"))
        if kinds:
            CONVERTER.structure(message, kinds[0])
        self.received.append(message)

    def send(self, **message):
        self.server.connection.receive(json.dumps({"jsonrpc": "2.0", **message}).encode())
        self.turn()

    def turn(self):
        """Let the loop do what is posted and what is due by now."""
        self.pump.post(self.pump.stop)
        self.pump._running = True
        self.pump.run()

    def until(self, wanted):
        """Let the loop run until something is so."""
        while not wanted():
            pause = self.pump._until_next_timer()
            try:
                action = self.pump._queue.get(timeout=10 if pause is None else max(0, pause))
            except queue.Empty:
                assert pause is not None, "nothing is left that could still happen"
                self.turn()
            else:
                action()

    def notify(self, method, params):
        self.send(method=method, params=params)

    def begin(self, method, params):
        self.ids += 1
        self.send(id=self.ids, method=method, params=params)
        return self.ids

    def answers(self, ident):
        return [one for one in self.received if one.get("id") == ident and "method" not in one]

    def request(self, method, params):
        ident = self.begin(method, params)
        self.until(lambda: self.answers(ident))
        (answer,) = self.answers(ident)
        if "error" in answer:
            raise RefusedError(answer["error"]["code"], answer["error"]["message"])
        kinds = types.METHOD_TO_TYPES.get(method)
        if kinds:
            CONVERTER.structure(answer, kinds[1])
        return answer["result"]

    def execute(self, command, **argument):
        return self.request("workspace/executeCommand", {"command": command, "arguments": [argument]})

    def start(self, capabilities=None, options=None):
        params = {
            "processId": None,
            "rootUri": self.root.as_uri(),
            "capabilities": capabilities or {},
            "initializationOptions": options,
        }
        result = self.request("initialize", params)
        self.notify("initialized", {})
        return result["capabilities"]

    def said(self, method):
        return [one["params"] for one in self.received if one.get("method") == method]

    def asked(self, method):
        return [one for one in self.received if one.get("method") == method and "id" in one]

    # Documents

    def open(self, text, name="a.py"):
        uri = (self.root / name).as_uri()
        self.versions[uri] = 1
        item = {"uri": uri, "languageId": "python", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})
        return uri

    def change(self, uri, start, end, text):
        self.versions[uri] += 1
        change = {"range": {"start": place(start), "end": place(end)}, "text": text}
        document = {"uri": uri, "version": self.versions[uri]}
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})

    def insert(self, uri, start, end, version=None, **origin):
        origin = {"tool": "copilot", "kind": "inline-completion", **origin}
        document = {"uri": uri, "version": self.versions[uri] if version is None else version}
        ranges = [{"start": place(start), "end": place(end)}]
        params = {"textDocument": document, "ranges": ranges, "origin": origin, "evidence": "reported"}
        self.notify("gifthorse/didInsert", params)

    def analyse(self, uri):
        self.session.reply(self.worker.reply(uri))

    def regions(self, uri):
        return self.request("gifthorse/regions", {"textDocument": {"uri": uri}})["regions"]

    def published(self, uri):
        return [one for one in self.said("textDocument/publishDiagnostics") if one["uri"] == uri]

    def actions(self, uri, start=(0, 0), end=(99, 0), **context):
        params = {"textDocument": {"uri": uri}, "range": {"start": place(start), "end": place(end)}}
        return self.request("textDocument/codeAction", {**params, "context": {"diagnostics": [], **context}})


class Background:
    """A worker for scans that answers as soon as it may."""

    def __init__(self, on_reply, may_scan):
        self.on_reply = on_reply
        self.may_scan = may_scan

    def rules(self, root, rules):
        pass

    def open(self, uri, version, language_id, content, file=None):
        assert self.may_scan.wait(30)
        self.on_reply(Reply(uri, version, Worker().report(content)))

    def close(self, uri):
        pass

    def stop(self):
        pass


class RefusedError(Exception):
    pass


def place(position):
    return {"line": position[0], "character": position[1]}
