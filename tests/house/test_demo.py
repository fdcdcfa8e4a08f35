"""What the README promises first: the demonstration plays the main job on the real server."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TRACED_FILES = ("shop/app.py", "api/src/server.js", "web/src/Review.tsx", "gateway/main.go")


def test_the_demo_plays_the_whole_way(tmp_path):
    done = subprocess.run(
        [sys.executable, str(ROOT / "demo" / "play.py")],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert [name for name in TRACED_FILES if name not in done.stdout] == []
    for words in ("sql-injection", "shell-injection", "weak-random", "unescaped-html", "weak-hash", "reported"):
        assert words in done.stdout
    assert done.stdout.count("tls-verify-off") >= 4
    assert done.stdout.count("Fix applied: ") >= 3
    assert "Rejected: the text from before is back (9 lines fewer), 0 AI regions left." in done.stdout
    assert "2 disputed, 1 approved" in done.stdout


def test_the_demo_leaves_the_sample_workspace_alone():
    changed = subprocess.run(
        ["git", "status", "--porcelain", "demo/workspace"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert changed.stdout == ""
