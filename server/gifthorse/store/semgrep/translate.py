"""One Semgrep rule, as YAML gives it -> what a rule file of ours holds, and what of it did not map.

Pure: values in, values out. Raises nothing: a rule that does not map is told with its reason.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from gifthorse.model.knowledge import Knowledge
from gifthorse.model.rule import Language
from gifthorse.store.semgrep.conditions import with_condition
from gifthorse.store.semgrep.patterns import Found, UnmappedError, read_pattern

LANGUAGES = {
    "py": "python", "python2": "python", "python3": "python", "js": "javascript", "ts": "typescript", "golang": "go",
    "kt": "kotlin", "c#": "csharp", "c++": "cpp", "sh": "bash", "docker": "dockerfile", "terraform": "hcl", "rb": "ruby",
}  # fmt: skip
SEVERITIES = {
    "CRITICAL": "high", "ERROR": "high", "HIGH": "high", "WARNING": "medium", "MEDIUM": "medium", "INFO": "low",
    "LOW": "low",
}  # fmt: skip
PREFIXES = {"go": "**/", "java": "**.", "kotlin": "**.", "csharp": "**.", "rust": "**."}
"""Language -> what stands before a name in full, where Semgrep's patterns have it as the code writes it."""
POSITIVE = ("pattern", "pattern-either", "patterns")


@dataclass(frozen=True, slots=True)
class Unmapped:
    """Something that was not imported: whose, where (line from 1), why."""

    id: str
    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Imported:
    """A rule that maps: its new id, what its file holds, and what was left away without changing what is found."""

    id: str
    values: Mapping[str, Any]
    left: tuple[str, ...] = field(default=())


def translated(rule: Mapping[str, Any], languages: Mapping[str, Language], knowledge: Sequence[Knowledge]) -> Imported:
    """A rule of ours that finds what this one does. Raises UnmappedError with the reason."""
    named = _languages(rule, languages)
    if rule.get("mode", "search") == "taint":
        found = list(_taint(rule, named, knowledge))
    elif rule.get("mode", "search") == "search":
        found = [(one, named) for one in _search(rule)]
    else:
        raise UnmappedError(f"the mode {rule['mode']!r} has no counterpart")
    ours = re.sub(r"[^a-z0-9]+", "-", str(rule.get("id", "")).lower()).strip("-")
    left = [f"`{key}` was left away" for key in ("fix", "fix-regex", "paths", "options") if key in rule]
    if "paths" in rule:
        raise UnmappedError("it is for some paths only")
    matches = [_match(one, names, prefix) for one, given in found for prefix, names in _by_prefix(given)]
    return Imported(ours, {**_head(rule, ours), "match": matches}, tuple(left))


def _languages(rule: Mapping[str, Any], known: Mapping[str, Language]) -> list[str]:
    """The languages that it is for; one that inherits another of them goes without saying."""
    given = [str(name).lower() for name in _listed(rule.get("languages"))]
    named = [LANGUAGES.get(name, name) for name in given]
    unknown = [name for name in named if name not in known]
    if unknown or not named:
        raise UnmappedError(f"its languages ({', '.join(given) or 'none'}) are not all known")
    return [name for name in dict.fromkeys(named) if known[name].inherits not in named]


def _search(rule: Mapping[str, Any]) -> Iterator[Found]:
    keys = [key for key in POSITIVE if key in rule]
    if len(keys) != 1:
        others = [key for key in rule if key.startswith(("pattern", "match"))]
        raise UnmappedError(
            f"{', '.join(f'`{key}`' for key in others) or 'a rule without patterns'} has no counterpart"
        )
    yield from _alternatives(keys[0], rule[keys[0]])


def _alternatives(key: str, given: Any) -> list[Found]:
    """What is found by one entry: a pattern, any of several, or one under conditions."""
    if key == "pattern":
        return [read_pattern(str(given))]
    entries = [(name, value) for entry in _listed(given) if isinstance(entry, Mapping) for name, value in entry.items()]
    if key == "pattern-either":
        for name, _ in entries:
            if name not in POSITIVE:
                raise UnmappedError(f"`{name}` among alternatives has no counterpart")
        return [found for name, value in entries for found in _alternatives(name, value)]
    positive = [(name, value) for name, value in entries if name in POSITIVE]
    if len(positive) != 1:
        raise UnmappedError("it asks for several patterns at the same place")
    conditions = [(name, value) for name, value in entries if name not in POSITIVE]
    return [_under(found, conditions) for found in _alternatives(*positive[0])]


def _under(found: Found, conditions: Sequence[tuple[str, Any]]) -> Found:
    for name, value in conditions:
        found = with_condition(found, name, value)
    return found


def _taint(
    rule: Mapping[str, Any], languages: Sequence[str], knowledge: Sequence[Knowledge]
) -> Iterator[tuple[Found, list[str]]]:
    """Each sink as a call to which text from the sources' labels comes."""
    for key in rule:
        if key.startswith("pattern-") and key not in ("pattern-sources", "pattern-sinks"):
            raise UnmappedError(f"`{key}` has no counterpart")
    sinks = [found for entry in _listed(rule.get("pattern-sinks")) for found in _entry(entry)]
    for language in languages:
        labels = {_label(entry, language, knowledge) for entry in _listed(rule.get("pattern-sources"))}
        for sink in sinks:
            for label in sorted(labels):
                yield _tainted(sink, f"tainted:{label}"), [language]


def _entry(entry: Any) -> list[Found]:
    if not isinstance(entry, Mapping):
        raise UnmappedError("a sink cannot be read")
    inner = {key: value for key, value in entry.items() if key in POSITIVE}
    if len(inner) != 1 or len(entry) != 1:
        raise UnmappedError("a sink with options has no counterpart")
    return _alternatives(*next(iter(inner.items())))


def _tainted(sink: Found, predicate: str) -> Found:
    """A sink into whose arguments, those with a metavariable or else any, outside text comes."""
    if sink.kind != "call":
        raise UnmappedError("a sink that is no call has no counterpart")
    paths = [path for path in sink.bound.values() if path != "*"]
    if len(paths) > 1:
        raise UnmappedError("a sink with several arguments has no counterpart")
    return replace(sink, where={**sink.where, paths[0] if paths else "*": predicate}, bound={})


def _label(entry: Any, language: str, knowledge: Sequence[Knowledge]) -> str:
    """The label of a source that the knowledge of a language's libraries has, too."""
    pattern = entry.get("pattern") if isinstance(entry, Mapping) and len(entry) == 1 else None
    if not isinstance(pattern, str):
        raise UnmappedError("a source that is no single pattern has no counterpart")
    name = re.sub(r"(\[\.\.\.\]|\[\$\w+\]|\(.*\))$", "", pattern.strip()).strip()
    for known in knowledge:
        for source in known.sources if known.language == language else ():
            if any(_fits(name, one) for one in (*source.read, *source.call)):
                return source.label
    raise UnmappedError(f"the source `{pattern}` is not known in {language}")


def _fits(name: str, pattern: str) -> bool:
    expression = re.escape(pattern).replace(r"\*\*", ".*").replace(r"\*", "[^.]*").replace(r"\(\)", "")
    return re.fullmatch(expression, name) is not None or re.fullmatch(f"{expression}\\..*", name) is not None


def _by_prefix(languages: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """The languages by what may stand before a name in them that code writes short: Go's paths, others' packages."""
    for prefix in dict.fromkeys(PREFIXES.get(name, "") for name in languages):
        yield prefix, [name for name in languages if PREFIXES.get(name, "") == prefix]


def _match(found: Found, languages: Sequence[str], prefix: str) -> dict[str, Any]:
    name = re.sub(r"<\$[^>]*>", "*", found.name)
    if not name.replace("**", "").replace("*", "").strip("."):
        raise UnmappedError("the name of what is called may be anything")
    is_short = prefix and not name.startswith("*") and ("." in name or name[:1].isupper())
    match: dict[str, Any] = {"language": list(languages), found.kind: [name, prefix + name] if is_short else [name]}
    where = {path: asked for path, asked in found.where.items() if asked != "present" or path != "*"}
    return {**match, **({"where": where} if where else {}), **({"unless": dict(found.unless)} if found.unless else {})}


def _head(rule: Mapping[str, Any], ours: str) -> dict[str, Any]:
    metadata = rule.get("metadata")
    metadata = metadata if isinstance(metadata, Mapping) else {}
    message = " ".join(str(rule.get("message", "")).split()).replace("{", "(").replace("}", ")").replace("$", "")
    first = re.split(r"(?<=[a-z)])[.:;] ", message)[0].rstrip(".") or ours
    numbers = [int(number) for one in _listed(metadata.get("cwe")) for number in re.findall(r"CWE-(\d+)", str(one))[:1]]
    links = [str(one) for one in _listed(metadata.get("references")) if str(one).startswith("https://")]
    return {
        "id": ours,
        "cwe": numbers,
        "severity": SEVERITIES.get(str(rule.get("severity", "")).upper(), "medium"),
        "confidence": _confidence(metadata),
        "title": first if len(first) <= 60 else ours.replace("-", " ").capitalize()[:60],
        "message": message or ours,
        "why": message,
        "references": links,
    }


def _confidence(metadata: Mapping[str, Any]) -> str:
    said = str(metadata.get("confidence", "")).lower()
    return said if said in ("low", "medium", "high") else "medium"


def _listed(given: Any) -> list[Any]:
    return (
        list(given) if isinstance(given, Sequence) and not isinstance(given, str) else [] if given is None else [given]
    )
