"""What a client can do, from its `initialize`."""

from gifthorse.lsp.client import Client, client_of
from gifthorse.lsp.wire import structure_params


def client(capabilities=None, **params):
    given = {"processId": None, "rootUri": None, "capabilities": capabilities or {}, **params}
    return client_of(structure_params("initialize", given))


def test_a_client_that_says_nothing_gets_nothing_special():
    assert client() == Client()


def test_what_is_offered_is_used():
    full = client(
        {
            "general": {"positionEncodings": ["utf-8"]},
            "window": {"workDoneProgress": True},
            "textDocument": {
                "diagnostic": {},
                "hover": {"contentFormat": ["markdown"]},
                "codeAction": {"dataSupport": True, "resolveSupport": {"properties": ["edit"]}},
            },
            "workspace": {
                "workspaceEdit": {"documentChanges": True},
                "diagnostics": {"refreshSupport": True},
                "codeLens": {"refreshSupport": True},
                "configuration": True,
                "didChangeConfiguration": {"dynamicRegistration": True},
                "didChangeWatchedFiles": {"dynamicRegistration": True},
            },
        },
        processId=7,
        workspaceFolders=[{"uri": "file:///a", "name": "a"}, {"uri": "file:///b", "name": "b"}],
        initializationOptions={"trusted": True, "asksReason": True, "asksComment": True},
    )
    assert full == Client(
        encoding="utf-8",
        process=7,
        folders=("file:///a", "file:///b"),
        **{name: True for name in Client.__slots__ if name not in {"encoding", "process", "folders"}},
    )


def test_the_older_ways_to_name_a_root(tmp_path):
    assert client(rootUri="file:///r").folders == ("file:///r",)
    assert client(rootUri="file:///r", workspaceFolders=[]).folders == ("file:///r",)
    assert client(rootPath=str(tmp_path)).folders == (tmp_path.as_uri(),)
    assert client(rootPath="relative").folders == ()
    assert client(workspaceFolders=None).folders == ()


def test_options_of_a_wrong_type_are_as_if_not_given():
    assert client(initializationOptions={"trusted": "yes", "settings": {"a": 1}}) == Client()
    assert client(initializationOptions=["x"]) == Client()
    assert not client(initializationOptions={"trusted": 1}).trusted
