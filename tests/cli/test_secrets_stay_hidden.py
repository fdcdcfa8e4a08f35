"""No format of `scan` shows a secret whole, silenced or not."""

import pytest

from gifthorse.__main__ import main

TOKEN = "gh" + "p_1a2B3c4D5e6F7g8H9i0JkLmNoPqRsTuVwX0z"
CODE = f"""\
token = "{TOKEN}"
other = "{TOKEN}"  # gifthorse: allow code-host-token -- it was withdrawn
password = "Wn4kZp8sQy3"; eval(password + code)
"""


@pytest.mark.parametrize("chosen", ["text", "json", "sarif"])
def test_no_format_shows_a_secret(chosen, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("GIFTHORSE_STATE_DIR", str(tmp_path / "state"))
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "app.py").write_text(CODE, encoding="utf-8")
    assert main(["scan", str(tmp_path / "code"), "--format", chosen]) == 1
    shown = capsys.readouterr().out
    assert "code-host-token" in shown
    assert "1a2B" not in shown
    assert "Wn4k" not in shown
