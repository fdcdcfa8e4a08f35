"""The main job, played on the real server: an assistant inserts, Gifthorse finds, a fix is applied, a person reviews.

    python demo/play.py            (or: make demo)

Every insertion under demo/insertions/ is replayed as an editor would send it, and what an editor would show
is printed. Nothing is simulated but the typing: the findings, fixes and review states come from the server.
"""

import difflib
import os
import shutil
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from editor import JSON, Editor
from rich.console import Console, Group
from rich.padding import Padding
from rich.rule import Rule
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text as Styled

from gifthorse.model.text import Edit, Span

HERE = Path(__file__).parent
STANDINGS = {"approved": "green", "disputed": "red"}
LEVELS = {1: ("error", "bold red"), 2: ("warning", "yellow"), 3: ("information", "cyan"), 4: ("hint", "dim")}


@dataclass(frozen=True)
class Scene:
    """One acceptance: the file as data under demo/insertions/."""

    file: str
    language: str
    say: str
    origin: JSON
    pieces: tuple[tuple[str, str], ...]
    verdict: str
    comment: str


def read_scene(path: Path) -> Scene:
    """Read one insertion file; `pieces` are (text after which it lands, inserted text)."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    origin = {key: data[key] for key in ("tool", "model", "kind") if key in data}
    pieces = tuple((piece["after"], piece["text"]) for piece in [data, *data.get("also", [])])
    words = data["verdict"], data.get("comment", "")
    return Scene(data["file"], data["language"], data["say"], origin, pieces, *words)


def main() -> None:
    """Copy the sample workspace to a temporary folder and play all scenes on it."""
    console = Console(highlight=False, width=min(Console().width, 110))
    with tempfile.TemporaryDirectory(prefix="gifthorse-demo-") as folder:
        root = Path(folder).resolve() / "workspace"
        shutil.copytree(HERE / "workspace", root)
        environment = {**os.environ, "GIFTHORSE_STATE_DIR": str(Path(folder) / "state")}
        console.print(Rule("[bold]Gifthorse[/]: what did the assistant put into this code?"))
        started = time.perf_counter()
        with Editor(root, environment) as editor:
            console.print(f"[dim]The language server answered in {time.perf_counter() - started:.1f} s.[/]")
            for number, path in enumerate(sorted((HERE / "insertions").glob("*.toml")), 1):
                console.print(play(editor, read_scene(path), number))
            console.print(closing(editor))


def play(editor: Editor, scene: Scene, number: int) -> Group:
    """Replay one scene; returns all that there is to show of it."""
    uri = editor.open(editor.root / scene.file, scene.language)
    editor.diagnostics(uri)
    started = time.perf_counter()
    insert(editor, uri, scene)
    found = settled(editor, uri)
    elapsed = 1000 * (time.perf_counter() - started)
    parts: list[Any] = [
        Padding(Rule(f"[bold]{number}. {scene.file}", align="left"), (1, 0, 0, 0)),
        Styled(f"{scene.origin['tool']} suggests: {scene.say}", style="italic"),
        Styled(f"Accepted with Tab; {counted(len(found), 'finding')} after {elapsed:.0f} ms.", style="dim"),
        region_table("Region", editor, uri),
        *findings(editor, uri, found),
        *applied_fix(editor, uri, found),
        *review(editor, uri, scene),
    ]
    return Group(*parts)


def counted(number: int, noun: str) -> str:
    """The number with its noun in the right form."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def insert(editor: Editor, uri: str, scene: Scene) -> None:
    """The change and, right after it, the notification that an assistant's text arrived."""
    edits = []
    for after, new in scene.pieces:
        at = bytes(editor.texts[uri]).index(after.encode()) + len(after.encode())
        edits.append((at, new.encode()))
    edits.sort(reverse=True)
    before = editor.texts[uri]
    editor.change(uri, [Edit(Span(at, at), new) for at, new in edits])
    ranges, grown = [], 0
    for at, new in reversed(edits):
        ranges.append(editor.range(uri, Span(at + grown, at + grown + len(new))))
        grown += len(new)
    assert len(editor.texts[uri]) == len(before) + grown
    document = {"uri": uri, "version": editor.versions[uri]}
    params = {"textDocument": document, "ranges": ranges, "origin": scene.origin, "evidence": "reported"}
    editor.notify("gifthorse/didInsert", params)


def settled(editor: Editor, uri: str) -> list[JSON]:
    """The diagnostics once they know of the Region: they are published again when one arrives."""
    editor.diagnostics(uri)
    expected = sum(sum(region["findings"].values()) for region in regions(editor, uri))
    while sum("region" in item.get("data", {}) for item in editor.diagnostics(uri)) < expected:
        editor.receive()
    return editor.diagnostics(uri)


def regions(editor: Editor, uri: str) -> list[JSON]:
    """What the server says of the document's Regions."""
    return list(editor.request("gifthorse/regions", {"textDocument": {"uri": uri}})["regions"])


def line_ranges(region: JSON) -> list[tuple[int, int]]:
    """First and last lines, counted from 1; ranges that meet on a line are one."""
    found: list[tuple[int, int]] = []
    for part in region["ranges"]:
        first, last = part["start"]["line"] + 1, part["end"]["line"] + 1
        if found and first <= found[-1][1]:
            first, _ = found.pop()
        found.append((first, last))
    return found


def region_table(title: str, editor: Editor, uri: str) -> Padding:
    """Origin, evidence, place, standing and findings of each Region."""
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=True, header_style="dim")
    for heading in (title, "model", "evidence", "lines", "retained", "standing", "findings"):
        table.add_column(heading)
    for region in regions(editor, uri):
        lines = ", ".join(f"{first}-{last}" for first, last in line_ranges(region))
        counts = ", ".join(f"{count} {word}" for word, count in region["findings"].items() if count) or "none"
        origin = region["origin"]
        standing = f"[{STANDINGS.get(region['standing'], 'yellow')}]{region['standing']}[/]"
        cells = (origin.get("model", "unknown"), region["evidence"], lines, f"{region['retained']:.0%}")
        table.add_row(f"[bold magenta]AI: {origin['tool']}[/]", *cells, standing, counts)
    return Padding(table, (1, 0, 0, 2))


def findings(editor: Editor, uri: str, found: list[JSON]) -> Iterator[Padding]:
    """Each diagnostic with its line of code, as the Problems panel and the squiggle would show it."""
    for item in sorted(found, key=lambda each: each["range"]["start"]["line"]):
        word, style = LEVELS[item["severity"]]
        span = editor.span(uri, item["range"])
        text = editor.texts[uri]
        line = text.line_at(span.start)
        whole = text.line_span(line)
        code = text.slice(whole).decode()
        start = len(text.slice(Span(whole.start, span.start)).decode())
        end = len(text.slice(Span(whole.start, min(span.end, whole.end))).decode())
        head = Table.grid(padding=(0, 2, 0, 0))
        head.add_row(Styled(word, style), Styled.assemble((f"{item['code']}  ", "bold"), item["message"]))
        shown = Styled.assemble((f"{line + 1:5} │ ", "dim"), code.expandtabs(4))
        widened = [len(code[:column].expandtabs(4)) for column in (start, end)]
        marks = Styled("      │ ", style="dim") + Styled(
            " " * widened[0] + "^" * (widened[1] - widened[0]), style=style
        )
        for cut in (shown, marks):
            cut.no_wrap, cut.overflow = True, "ellipsis"
        yield Padding(Group(head, shown, marks), (1, 0, 0, 2))


def applied_fix(editor: Editor, uri: str, found: list[JSON]) -> Iterator[Padding]:
    """Choose the first fix that the light bulb offers, apply it, and show the difference."""
    for item in found:
        document = {"textDocument": {"uri": uri}, "range": item["range"], "context": {"diagnostics": [item]}}
        actions = editor.request("textDocument/codeAction", document)
        fixes = [each for each in actions if each["kind"] == "quickfix" and each.get("diagnostics")]
        fixes = [each for each in fixes if not each["title"].lower().startswith("suppress")]
        if fixes:
            yield from show_fix(editor, uri, fixes[0])
            return
    yield Padding(Styled("No automatic fix: this one wants a person's hand.", style="dim"), (1, 0, 0, 2))


def show_fix(editor: Editor, uri: str, action: JSON) -> Iterator[Padding]:
    """Resolve and apply one code action; yields its title and the diff."""
    before = bytes(editor.texts[uri]).decode().splitlines()
    resolved = action if "edit" in action else editor.request("codeAction/resolve", action)
    editor.apply(resolved["edit"])
    after = bytes(editor.texts[uri]).decode().splitlines()
    left = len(editor.diagnostics(uri))
    diff = [
        line for line in difflib.unified_diff(before, after, n=1, lineterm="") if not line.startswith(("---", "+++"))
    ]
    title = Styled.assemble(
        ("Fix applied: ", "bold green"), action["title"], (f"  ({counted(left, 'finding')} left)", "dim")
    )
    code = Syntax("\n".join(diff), "diff", theme="ansi_dark", background_color="default", word_wrap=True)
    yield Padding(Group(title, Padding(code, (0, 0, 0, 4))), (1, 0, 0, 2))


def review(editor: Editor, uri: str, scene: Scene) -> Iterator[Padding]:
    """What the person does with the Region, and its state (or the file's) afterwards."""
    known = [region["id"] for region in regions(editor, uri)]
    if scene.verdict == "reject":
        lines = editor.texts[uri].line_count
        for region in known:
            command(editor, "reject", {"region": region})
        gone = counted(lines - editor.texts[uri].line_count, "line")
        say = f"Rejected: the text from before is back ({gone} fewer), {len(regions(editor, uri))} AI regions left."
        yield Padding(Styled(say, style="bold"), (1, 0, 0, 2))
        return
    if scene.verdict == "approve":
        command(editor, "approve", {"regions": known})
    for region in known if scene.verdict == "dispute" else ():
        command(editor, "dispute", {"region": region, "comment": scene.comment})
    yield region_table("Reviewed", editor, uri)
    if scene.comment:
        yield Padding(Styled(f"The reviewer: {scene.comment}", style="italic"), (0, 0, 0, 2))


def command(editor: Editor, name: str, argument: JSON) -> None:
    """Run one of the server's commands, as a code action or a lens would."""
    editor.request("workspace/executeCommand", {"command": f"gifthorse.{name}", "arguments": [argument]})


def closing(editor: Editor) -> Group:
    """The whole workspace in one table, and what to do next."""
    answer = editor.request("gifthorse/regions", {})["regions"]
    files = {region["uri"] for region in answer}
    states = Counter(region["standing"] for region in answer)
    counts = ", ".join(f"{count} {state}" for state, count in states.items())
    summary = f"{counted(len(answer), 'AI region')} in {counted(len(files), 'file')}: {counts}."
    note = "Approvals over the editor's protocol are unsigned clicks: they are logged, and never count as proven."
    return Group(Padding(Rule(), (1, 0, 0, 0)), Styled(summary, style="bold"), Styled(note, style="dim"))


if __name__ == "__main__":
    main()
