"""The outcome of replayed sessions as JSON, for those who measure themselves and others."""

import json
from typing import Any, TextIO

from gifthorse.provenance.score import Tally
from gifthorse.workspace.measure import Outcome


def render(outcome: Outcome, sink: TextIO, *, mistakes: bool) -> None:
    """Write the outcome; with `mistakes`, every one of them."""
    said: dict[str, Any] = {
        "format": "gifthorse-replay",
        "version": 1,
        "infer": outcome.infer,
        "sessions": outcome.sessions,
        "steps": outcome.steps,
        "sources": {name: figures(tally) for name, tally in sorted(outcome.sources.items())},
        "kinds": {name: {"steps": tally.steps, **figures(tally)} for name, tally in sorted(outcome.kinds.items())},
        "lost": [
            {"kind": kind, "cause": cause, "characters": count} for (kind, cause), count in outcome.causes.most_common()
        ],
    }
    if mistakes:
        said["mistakes"] = [
            {
                "session": name,
                "step": mistake.step,
                "kind": mistake.kind,
                "document": mistake.document,
                "text": mistake.text,
                "writer": mistake.slip.writer,
                "said": mistake.slip.said or None,
                "cause": mistake.cause or None,
            }
            for name, mistake in outcome.mistakes
        ]
    json.dump(said, sink, ensure_ascii=False, indent=2)
    sink.write("\n")


def figures(tally: Tally) -> dict[str, Any]:
    """A Tally in the words of docs/provenance.md."""
    return {
        "precision": tally.precision,
        "recall": tally.recall,
        "right": tally.right,
        "lost": tally.lost,
        "mixedUp": tally.mixed_up,
        "blamed": tally.blamed,
        "tools": tally.tools,
        "spared": tally.spared,
    }
