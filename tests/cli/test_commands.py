"""The gate: every command is listed and explained, and bad usage ends with 2 and says what to do."""

import pytest

from gifthorse.__main__ import command_modules, main

COMMANDS = [
    "blame",
    "check",
    "explain",
    "export",
    "hook",
    "hooks",
    "import",
    "lsp",
    "policy",
    "proxy",
    "replay",
    "rules",
    "scan",
    "stats",
    "worker",
]


def test_help_lists_every_command(capsys):
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    shown = capsys.readouterr().out
    assert sorted(command_modules()) == COMMANDS
    for name in command_modules():
        assert f"\n  {name} " in shown.replace("    ", "  ")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name, capsys):
    with pytest.raises(SystemExit, match="0"):
        main([name, "--help"])
    assert capsys.readouterr().out.startswith(f"usage: gifthorse {name}")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "gifthorse scan ."),
        (["scna", "."], "Did you mean `gifthorse scan`?"),
        (["."], "Did you mean `gifthorse scan .`?"),
        (["frobnicate"], "there is no command 'frobnicate'"),
        (["x" * 10_000], "there is no command"),
        (["scan", "no/such/place"], "Name files or folders that exist."),
        (["explain", "tls-verify"], "Did you mean"),
    ],
)
def test_bad_usage_says_what_to_do(words, said, capsys):
    assert main(words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err


@pytest.mark.parametrize("words", [["scan"], ["scan", "--format", "x", "."], ["explain"], ["rules", "bogus"], ["-x"]])
def test_bad_options_end_with_2(words, capsys):
    with pytest.raises(SystemExit, match="2"):
        main(words)
    assert "error:" in capsys.readouterr().err
