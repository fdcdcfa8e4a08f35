"""A repository to play in: real git, with a configuration and names of its own."""

import json
import os
import subprocess

ANN, BOB = "Ann Lee <ann@example.com>", "Bob Ray <bob@example.com>"
SESSION = "s_c9883b05a2487d"
AGENT = {"tool": "claude", "id": "conv-1", "model": "claude-sonnet-4-5"}


class Repository:
    """A work tree and git on it. What tests do with git, the product never does."""

    def __init__(self, root, *, init=True):
        self.root = root
        self.clock = 1_700_000_000
        if init:
            root.mkdir(parents=True, exist_ok=True)
            self.git("init", "-q", "-b", "main")

    def git(self, *words, author=ANN, check=True, **changes):
        name, _, email = author.rstrip(">").partition(" <")
        self.clock += 60
        environment = {
            **os.environ,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": name,
            "GIT_AUTHOR_EMAIL": email,
            "GIT_COMMITTER_NAME": name,
            "GIT_COMMITTER_EMAIL": email,
            "GIT_AUTHOR_DATE": f"{self.clock} +0100",
            "GIT_COMMITTER_DATE": f"{self.clock} +0100",
            "GIT_EDITOR": "true",
            **changes,
        }
        done = subprocess.run(
            ["git", *words], cwd=self.root, env=environment, capture_output=True, text=True, check=False
        )
        if check and done.returncode:
            raise AssertionError(f"git {words}: {done.stderr}")
        return done.stdout.strip()

    def write(self, name, content):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def commit(self, message="change", author=ANN, **files):
        for name, content in files.items():
            self.write(name.replace("__", "."), content)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message, author=author)
        return self.head()

    def head(self, name="HEAD"):
        return self.git("rev-parse", name)

    def note(self, commit, section, **members):
        metadata = {
            "schema_version": "authorship/3.0.0",
            "base_commit_sha": commit,
            "prompts": {},
            "sessions": {SESSION: {"agent_id": AGENT, "human_author": None}},
            **members,
        }
        self.git("notes", "--ref=ai", "add", "-f", "-m", f"{section}---\n{json.dumps(metadata)}", commit)
