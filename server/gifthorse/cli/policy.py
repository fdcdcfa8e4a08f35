"""`gifthorse policy explain PATH`: what the policies say of a file and what it may do, by which file and line."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from gifthorse.cli._output import CannotError, attempted, show
from gifthorse.model.insertion import Evidence

if TYPE_CHECKING:
    from gifthorse.model.policy import Grant, Policy
    from gifthorse.store.config import Config
    from gifthorse.workspace.policies import Writer

HELP = "say which tools and models may write where, what code may do there, and who decided that"
DONE, FORMATS = 0, ("text", "json")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this command."""
    parser.epilog = "The exit code is 0 whatever holds there, and 2 where it could not be done. See docs/policy.md."
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True, title="actions")
    explain = actions.add_parser("explain", help="say what holds in a file", description="Say what holds in a file.")
    explain.add_argument("path", metavar="PATH", help="a file, whether it exists or not")
    explain.add_argument("--tool", metavar="T", help="for text of this tool, for example copilot")
    explain.add_argument("--model", metavar="M", help='for text of this model; "" for one that is not known')
    explain.add_argument("--evidence", choices=tuple(map(str, Evidence)), help="for text known in this way")
    explain.add_argument("--format", choices=FORMATS, default="text", help="how it is shown (default: text)")
    explain.add_argument("--output", metavar="FILE", help="write it to this file")
    explain.add_argument("--trust", action="store_true", help="let the folder's own configuration loosen, too")


def run(arguments: argparse.Namespace) -> int:
    """Show what holds; 0 where that could be done."""
    return attempted("policy explain", arguments.path, lambda: _explain(arguments))


def _explain(arguments: argparse.Namespace) -> int:
    from gifthorse.cli.render._excerpt import visible  # noqa: PLC0415  --help must not wait for it
    from gifthorse.store.folders import real, root_of  # noqa: PLC0415
    from gifthorse.workspace.policies import Writer  # noqa: PLC0415
    from gifthorse.workspace.root import Workspace  # noqa: PLC0415

    given = Path(arguments.path)
    if "\0" in arguments.path or given.is_dir():
        raise CannotError(f"{arguments.path!r:.200} is no file. Name a file in it: policies speak of files.")
    path = real(given.parent) / given.name
    workspace = Workspace(root_of(path), trusted=arguments.trust)
    name = workspace.name_of(path)
    if name is None:
        raise CannotError(f"{arguments.path} is not inside of {workspace.root}.")
    for problem in (*workspace.config.problems, *workspace.config.ignored):
        print(f"gifthorse: {visible(str(problem), sys.stderr.encoding or 'ascii')}", file=sys.stderr)
    evidence = Evidence(arguments.evidence) if arguments.evidence else None
    held = _held(workspace.config, name, Writer(arguments.tool, arguments.model, evidence))
    render = _as_json if arguments.format == "json" else _as_text
    show(lambda sink: render(held, sink), arguments.output)
    return DONE


def _held(config: "Config", name: str, writer: "Writer") -> dict[str, Any]:
    """What holds in a file for a writer, as its JSON says it."""
    from gifthorse.workspace.policies import at_path, decision, granted, holds  # noqa: PLC0415

    here = [(one, holds(one, writer)) for one in at_path(config.policies, name) if one.says_something]
    speaking = [(one, sure) for one, sure in here if sure is not False]
    sure_ones = [one for one, sure in speaking if sure]
    by, hopeful = decision(sure_ones, writer), [one for one, sure in speaking if sure is None]
    open_ = any(one.allowed is not None for one in hopeful)
    severities = [one.severity for one in sure_ones if one.severity]
    return {
        "path": name,
        "tool": writer.tool,
        "model": writer.model,
        "evidence": str(writer.evidence) if writer.evidence else None,
        "write": "depends" if open_ else "deny" if by and not by.allowed else "allow",
        "by": by.place if by and not open_ else None,
        "review": [list(one.review) for one in sure_ones if one.review],
        "severity": max(severities, key=_loudness, default=None),
        "entries": [_entry(one, sure=sure is True) for one, sure in speaking],
        "capabilities": [_granted(one) for one in granted(config.grants, name)],
    }


def _loudness(severity: str) -> int:
    return ("low", "medium", "high").index(severity)


def _entry(policy: "Policy", *, sure: bool) -> dict[str, Any]:
    return {
        "file": policy.file,
        "line": policy.line,
        "paths": list(policy.paths),
        "tools": list(policy.tools),
        "models": list(policy.models),
        "evidence": sorted(map(str, policy.evidence)),
        "write": None if policy.allowed is None else "allow" if policy.allowed else "deny",
        "review": list(policy.review),
        "severity": str(policy.severity) if policy.severity else None,
        "reason": policy.reason or None,
        "trusted": policy.trusted,
        "holds": sure,
    }


def _granted(grant: "Grant") -> dict[str, Any]:
    return {"id": grant.capability, "paths": list(grant.paths), "file": grant.file, "line": grant.line}


def _as_json(held: dict[str, Any], sink: TextIO) -> None:
    sink.write(json.dumps(held, indent=2, ensure_ascii=False) + "\n")


def _as_text(held: dict[str, Any], sink: TextIO) -> None:
    from gifthorse.cli.render._excerpt import visible  # noqa: PLC0415

    sink.writelines(visible(line, getattr(sink, "encoding", None) or "utf-8") + "\n" for line in _lines(held))


def _lines(held: dict[str, Any]) -> list[str]:
    from gifthorse.workspace.policies import people  # noqa: PLC0415

    may = [f"May have {one['id']} without a word, by {one['file']}:{one['line']}." for one in held["capabilities"]]
    if not held["entries"]:
        return [f"{held['path']}: no policy speaks of it; every tool and model may write here.", *may]
    asked = {"tool": held["tool"], "model": held["model"], "evidence": held["evidence"]}
    who = ", ".join(f"{key} {value or 'not known'}" for key, value in asked.items() if value is not None)
    lines = [f"{held['path']}{f' ({who})' if who else ''}: {_verdict(held)}"]
    if held["review"]:
        lines.append("Must be reviewed by " + ", and by ".join(map(people, held["review"])) + ".")
    if held["severity"]:
        lines.append(f"Findings in such text have at least severity {held['severity']}.")
    return [*lines, *may, "", *(line for one in held["entries"] for line in _words(one))]


def _verdict(held: dict[str, Any]) -> str:
    if held["write"] == "depends":
        missing = [f"--{key}" for key in ("tool", "model", "evidence") if held[key] is None]
        return f"it depends on who writes. Name {' or '.join(missing)} to learn it."
    word = "may not be written" if held["write"] == "deny" else "may be written"
    return f"{word}{', by ' + held['by'] if held['by'] else ''}."


def _words(entry: dict[str, Any]) -> list[str]:
    """One entry: its place, for whom it is, and what it says."""
    from gifthorse.workspace.policies import people  # noqa: PLC0415

    whom = [f"{key} {', '.join(entry[key])}" for key in ("paths", "tools", "models", "evidence") if entry[key]]
    says = [f"write {entry['write']}"] if entry["write"] else []
    says += [f"review by {people(entry['review'])}"] if entry["review"] else []
    says += [f"severity at least {entry['severity']}"] if entry["severity"] else []
    aside = "" if entry["holds"] else " (for some writers)"
    trust = "" if entry["trusted"] else ", tightening only: not trusted, or with an error in the file"
    lines = [
        f"  {entry['file']}:{entry['line']}{aside}{trust}",
        f"    {'; '.join(whom) or 'everything'}: {', '.join(says)}",
    ]
    return [*lines, f"    {entry['reason']}"] if entry["reason"] else lines
