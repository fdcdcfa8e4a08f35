"""Writes known.toml anew after rules about changes have changed: `python tests/change/relist.py`, then `make docs`.

Reasons that somebody wrote are kept for pairs that are still not found. Read the difference before it is committed:
a pair that is new in the list was judged rightly before.
"""

import json

from paircorpus import HERE, NOT_FOUND, Verdict, judge, known, pairs

from gifthorse.store.catalogue import load_catalogue

HEAD = "# Edits that are not judged rightly yet, and why. A test fails when one of them is: take it out then.\n"


def why(verdict: Verdict, before: str) -> str:
    """The reason for the list: what is wrong, then what was said."""
    if verdict.wrong == NOT_FOUND and before.startswith(NOT_FOUND) and not verdict.said:
        return before
    return f"{verdict.wrong}: {verdict.said or 'no rule about changes speaks of it'}"


def main() -> None:
    """Judge every pair, and list those that are judged wrongly."""
    catalogue, listed, entries = load_catalogue(), known(), [HEAD]
    for pair in pairs():
        verdict = judge(pair, catalogue)
        if verdict.wrong:
            reason = json.dumps(why(verdict, listed.get(pair.id, "")), ensure_ascii=False)
            entries.append(f"\n[[known]]\npair = {json.dumps(pair.id)}\nwhy = {reason}\n")
    (HERE / "known.toml").write_text("".join(entries), "utf-8")


if __name__ == "__main__":
    main()
