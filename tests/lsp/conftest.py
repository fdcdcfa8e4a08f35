"""An editor for the tests over stdio: pygls's own client, which checks every message of the server's by its types."""

import asyncio
import contextlib
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from lsprotocol import converters, types
from pygls.lsp.client import LanguageClient

import gifthorse

sys.path.insert(0, str(Path(__file__).parent))  # lets the tests of this folder import desk.py, which lies beside them

PATIENCE = 30
CONVERTER = converters.get_converter()


class Editor:
    """A client of one running server: requests are ordinary calls, what the server says of its own accord is kept."""

    def __init__(self, root, environment, arguments=()):
        self.root = root
        self.loop = asyncio.new_event_loop()
        self.faults = []
        self.heard = []
        self.news = threading.Condition()
        self.configuration = {}
        self.applies = True
        self.versions = {}
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.client = LanguageClient("tests", "1")
        self.client.report_server_error = lambda error, source: self.faults.append(error)
        self._listen()
        command = [sys.executable, "-P", "-m", "gifthorse", "lsp", *arguments]
        self.await_(self.client.start_io(*command, env=environment, cwd=root))
        self.process = self.client._server

    def _listen(self):
        for method in (
            "textDocument/publishDiagnostics",
            "gifthorse/regionsChanged",
            "gifthorse/status",
            "$/progress",
            "window/showMessage",
            "window/logMessage",
        ):
            self.client.feature(method)(self._keeper(method))
        for method, answer in {
            "client/registerCapability": lambda params: None,
            "workspace/applyEdit": self._apply,
            "workspace/configuration": lambda params: [self.configuration for _ in params.items],
            "workspace/diagnostic/refresh": lambda params: None,
            "workspace/codeLens/refresh": lambda params: None,
            "window/workDoneProgress/create": lambda params: None,
        }.items():
            self.client.feature(method)(self._keeper(method, answer))

    def _keeper(self, method, answer=lambda params: None):
        def keep(params):
            with self.news:
                self.heard.append((method, params))
                self.news.notify_all()
            return answer(params)

        return keep

    def _apply(self, params):
        return types.ApplyWorkspaceEditResult(applied=self.applies)

    def await_(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(PATIENCE)

    def start(self, capabilities=None, **params):
        given = {
            "processId": os.getpid(),
            "rootUri": self.root.as_uri(),
            "workspaceFolders": [{"uri": self.root.as_uri(), "name": "root"}],
            "capabilities": capabilities or {"general": {"positionEncodings": ["utf-8"]}},
            **params,
        }
        answer = self.request("initialize", given)
        self.notify("initialized", {})
        return answer.capabilities

    def begin(self, method, params):
        """Send a request; returns the future of its answer and its id."""
        ident = f"test-{len(self.client.protocol._request_futures)}-{method}"

        async def send():
            return self.client.protocol.send_request(method, typed(method, params), msg_id=ident)

        return self.await_(send()), ident

    def request(self, method, params):
        return self.begin(method, params)[0].result(PATIENCE)

    def notify(self, method, params):
        async def send():
            self.client.protocol.notify(method, typed(method, params))

        self.await_(send())

    def execute(self, command, **argument):
        return self.request("workspace/executeCommand", {"command": command, "arguments": [argument]})

    def wait(self, method, wanted=lambda params: True):
        """The first notification of this kind that is wanted, from those heard already and those still to come."""
        with self.news:
            seen = 0
            while True:
                for name, params in self.heard[seen:]:
                    if name == method and wanted(params):
                        return params
                seen = len(self.heard)
                assert self.news.wait(PATIENCE), f"the server never said {method}"

    def said(self, method):
        with self.news:
            return [params for name, params in self.heard if name == method]

    # Documents

    def uri(self, name):
        return (self.root / name).as_uri()

    def open(self, name, text, language="python", version=1):
        uri = self.uri(name)
        self.versions[uri] = version
        item = {"uri": uri, "languageId": language, "version": version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})
        return uri

    def change(self, uri, start, end, text):
        self.versions[uri] += 1
        self.notify(
            "textDocument/didChange",
            {
                "textDocument": {"uri": uri, "version": self.versions[uri]},
                "contentChanges": [{"range": span(start, end), "text": text}],
            },
        )

    def apply_to(self, uri, edit):
        """Make a text edit of the server's, as an editor would."""
        start, end = edit.range.start, edit.range.end
        self.change(uri, (start.line, start.character), (end.line, end.character), edit.new_text)

    def inserted(self, uri, start, end, *, version=None, kind="inline-completion", tool="copilot", evidence="reported"):
        self.notify(
            "gifthorse/didInsert",
            {
                "textDocument": {"uri": uri, "version": version or self.versions[uri]},
                "ranges": [span(start, end)],
                "origin": {"tool": tool, "kind": kind, "model": "gpt-x"},
                "evidence": evidence,
            },
        )

    def diagnostics(self, uri, wanted=lambda items: True):
        """The diagnostics of the document's present version."""
        version = self.versions[uri]
        found = self.wait(
            "textDocument/publishDiagnostics",
            lambda params: params.uri == uri and params.version == version and wanted(params.diagnostics),
        )
        return list(found.diagnostics)

    def regions(self, uri=None):
        return self.request("gifthorse/regions", {"textDocument": {"uri": uri}} if uri else {}).regions

    @staticmethod
    def span(start, end):
        return span(start, end)

    def stop(self):
        self.request("shutdown", None)
        self.notify("exit", None)
        return self.await_(asyncio.wait_for(self.process.wait(), PATIENCE))

    def end(self):
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.await_(asyncio.wait_for(self.process.wait(), PATIENCE))
        self.await_(self._rest())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(PATIENCE)
        self.loop.close()

    async def _rest(self):
        """Let what the client began on its loop come to its end."""
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def typed(method, params):
    """Params as pygls wants them: in lsprotocol's type where there is one."""
    kinds = types.METHOD_TO_TYPES.get(method)
    return CONVERTER.structure(params, kinds[2]) if kinds and kinds[2] and isinstance(params, dict) else params


def span(start, end):
    return {
        "start": {"line": start[0], "character": start[1]},
        "end": {"line": end[0], "character": end[1]},
    }


@pytest.fixture
def environment(tmp_path):
    """That of these tests, wherever the package that they import lies, and with a state folder of its own."""
    given = [str(Path(folder).absolute()) for folder in os.environ.get("PYTHONPATH", "").split(os.pathsep) if folder]
    paths = os.pathsep.join([str(Path(gifthorse.__file__).parents[1]), *given])
    return {**os.environ, "PYTHONPATH": paths, "GIFTHORSE_STATE_DIR": str(tmp_path / "state")}


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "root"
    folder.mkdir()
    return folder


@pytest.fixture
def launch(root, environment):
    """Starts servers; at the end each is gone and has sent nothing but valid messages."""
    editors = []

    def start(*arguments):
        editors.append(Editor(root, environment, arguments))
        return editors[-1]

    yield start
    for editor in editors:
        editor.end()
    assert [fault for editor in editors for fault in editor.faults] == []


@pytest.fixture
def editor(launch):
    return launch()


@pytest.fixture
def raw(root, environment):
    """A server with bare pipes, for what no proper client would do."""
    processes = []

    def start(*arguments, **options):
        command = [sys.executable, "-P", "-m", "gifthorse", "lsp", *arguments]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        processes.append(subprocess.Popen(command, env=environment, cwd=root, **{**pipes, **options}))
        return processes[-1]

    yield start
    for process in processes:
        process.kill()
        process.wait(PATIENCE)
        for pipe in filter(None, (process.stdin, process.stdout, process.stderr)):
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
