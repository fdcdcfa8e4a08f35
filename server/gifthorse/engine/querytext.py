"""The text of a language's facts query, before it is compiled: what an inheriting grammar has to leave out."""

from gifthorse.model.rule import Language


def patterns_of(query: str) -> list[str]:
    """The top-level patterns of a query's text, each with its captures; comments are dropped."""
    found: list[str] = []
    depth = start = 0
    text = "\n".join(line for line in query.split("\n") if not line.lstrip().startswith(";"))
    quoted = False
    for place, char in enumerate(text):
        if char == '"' and text[place - 1] != "\\":
            quoted = not quoted
        if quoted:
            continue
        if char in "([":
            if depth == 0:
                found.append(text[start:place])
                start = place
            depth += 1
        elif char in ")]":
            depth -= 1
    found.append(text[start:])
    return [pattern for pattern in found if pattern.strip()]


def facts_of(language: Language) -> str:
    """The facts query without patterns for node kinds that an inheriting grammar says it does not have."""
    missing = language.settings.get("without", "").split()
    if not missing:
        return language.facts
    kept = [pattern for pattern in patterns_of(language.facts) if not any(f"({kind} " in pattern for kind in missing)]
    return "\n".join(kept)
