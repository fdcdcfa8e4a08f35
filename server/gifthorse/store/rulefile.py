"""One rule file -> one Rule, with everything that is wrong in it. The format is described in docs/rules.md.

It reads text, never the disk: catalogue.py finds the files. It does not compile tree-sitter queries, since a
grammar may be missing when the package is built; a test compiles them all.
"""

import re
from collections.abc import Iterable

from gifthorse.model.finding import Confidence, Severity
from gifthorse.model.knowledge import SINK_LABELS, SOURCE_LABELS, Flow
from gifthorse.model.rule import Match, MatchKind, Rule, RuleTest
from gifthorse.store.fixfile import fix_of_match, fixes_of_flow, offers
from gifthorse.store.predicates import check_expression, names, predicates
from gifthorse.store.table import Problem, Table, opened

FORMAT = 1
LONGEST_TITLE = 60
PLAIN_TEXT = "text"
SEVERITIES = tuple(map(str, Severity))
CONFIDENCES = tuple(map(str, Confidence))
KINDS = tuple(map(str, MatchKind))
PLACEHOLDERS = frozenset({"callee", "arg", "value", "name", "target"})
PLACES_OF_FLOW = frozenset({"source", "sink"})
DISGUISE = "disguise: "
"""In front of the note of a test whose bad code hides what it does."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_GROUP = re.compile(r"\(\?P<(\w+)>")


def _patterns(table: Table, kind: MatchKind) -> tuple[str, ...]:
    if kind not in (MatchKind.TEXT, MatchKind.QUERY):
        return names(table, kind)
    written = table.words(kind)
    for pattern in written if kind is MatchKind.TEXT else ():
        check_expression(table, kind, pattern)
    return written


def _check_message(
    table: Table, key: str, message: str, matches: Iterable[Match], more: frozenset[str] = frozenset()
) -> None:
    """Only known placeholders, and the named groups of text patterns but `secret`, which is never shown."""
    texts = [pattern for match in matches if match.kind is MatchKind.TEXT for pattern in match.patterns]
    allowed = PLACEHOLDERS.union(more, *(_GROUP.findall(text) for text in texts)) - {"secret"}
    for name in re.findall(r"\{([^{}]*)\}", message):
        if name not in allowed:
            known = ", ".join(sorted(allowed))
            table.problem(key, f"The placeholder {{{name}}} is not known.", f"Use one of: {known}.")


def _kind(table: Table) -> MatchKind | None:
    written = [kind for kind in KINDS if table.has(kind)]
    if len(written) == 1:
        return MatchKind(written[0])
    table.notes.add(
        table.path, f"A match needs exactly one of {', '.join(KINDS)}.", "Split it, or add the one it lacks."
    )
    table.taken.update(table.values)
    return None


def match_of(table: Table, languages: frozenset[str]) -> Match | None:
    """The Match in a [[match]] table, or None; what is wrong with it is noted."""
    kind = _kind(table)
    if kind is None:
        return None
    severity = table.one_of("severity", SEVERITIES)
    confidence = table.one_of("confidence", CONFIDENCES)
    match = Match(
        kind=kind,
        languages=table.words("language"),
        patterns=_patterns(table, kind),
        where=predicates(table.table("where")),
        unless=predicates(table.table("unless")),
        context=table.text("context"),
        keywords=tuple(word.lower() for word in table.words("keywords")),
        entropy=table.number("entropy"),
        ignore_case=table.flag("ignore_case"),
        message=table.text("message"),
        severity=Severity(severity) if severity else None,
        confidence=Confidence(confidence) if confidence else None,
        fix=fix_of_match(table.table("fix")),
        files=names(table, "files"),
        unless_later=names(table, "unless_later"),
        if_later=names(table, "if_later"),
        written=len(table.words(kind)),
    )
    _check_match(table, match, languages)
    table.close()
    return match


def _check_languages(table: Table, named: Iterable[str], languages: frozenset[str]) -> None:
    for name in named:
        if name not in languages:
            table.problem("language", f"The language {name!r} is not known.", f"Known: {', '.join(sorted(languages))}.")


def _check_match(table: Table, match: Match, languages: frozenset[str]) -> None:
    if not match.patterns or not all(match.patterns):
        table.problem(match.kind, f"`{match.kind}` is empty.", "Write at least one pattern.")
    if match.kind is MatchKind.TEXT and not match.keywords:
        table.problem(
            "text", "A text match has no `keywords`.", "Add lower-case words of which one must occur in the file."
        )
    if match.kind is not MatchKind.TEXT and not match.languages:
        table.problem("language", "The match names no `language`.", 'Add for example language = ["python"].')
    if match.kind is MatchKind.QUERY and "@match" not in "".join(match.patterns):
        table.problem("query", "The query has no capture @match.", "Name the node that is the finding @match.")
    _check_languages(table, match.languages, languages)
    if (match.unless_later or match.if_later) and match.kind is not MatchKind.CALL:
        table.problem(
            "unless_later" if match.unless_later else "if_later",
            "Only a `call` knows what comes later.",
            "Remove it, or match a call.",
        )
    if match.context:
        check_expression(table, "context", match.context)
    _check_message(table, "message", match.message, [match])


def _labels(table: Table, key: str, known: tuple[str, ...]) -> tuple[str, ...]:
    found = table.words(key)
    for label in found:
        if label not in known:
            table.problem(key, f"The label {label!r} is not known.", f"Use some of: {', '.join(known)}.")
    if not found:
        table.problem(key, f"`{key}` is missing or empty.", f"Add {key} = some of: {', '.join(known)}.")
    return found


def _on_value(table: Table, key: str) -> dict[str, tuple[str, ...]]:
    """Predicates on what arrives, the one argument that a flow knows: a table with `value`, or its predicates alone."""
    if not isinstance(table.values.get(key), dict):
        return predicates(Table({"value": table.words(key)}, table.path, table.notes)) if table.words(key) else {}
    found = predicates(table.table(key))
    for name in found:
        if name != "value":
            table.problem(key, f"A flow knows no argument {name!r}.", "Write value = ... for what arrives.")
    return found


def _flow(table: Table, languages: frozenset[str]) -> Flow:
    severity = table.one_of("severity", SEVERITIES)
    confidence = table.one_of("confidence", CONFIDENCES)
    flow = Flow(
        languages=table.words("language"),
        origins=_labels(table, "from", SOURCE_LABELS),
        to=next(iter(_labels(table, "to", SINK_LABELS)), ""),
        where=_on_value(table, "where"),
        unless=_on_value(table, "unless"),
        message=table.text("message"),
        severity=Severity(severity) if severity else None,
        confidence=Confidence(confidence) if confidence else None,
        fixes=fixes_of_flow(table),
    )
    if not flow.languages:
        table.problem("language", "The flow names no `language`.", 'Add for example language = ["python"].')
    _check_languages(table, flow.languages, languages)
    _check_message(table, "message", flow.message, (), PLACES_OF_FLOW)
    table.close()
    return flow


def _test(table: Table, languages: frozenset[str]) -> RuleTest:
    language = table.needed("language")
    if language and language != PLAIN_TEXT and language not in languages:
        known = ", ".join(sorted(languages | {PLAIN_TEXT}))
        table.problem("language", f"The language {language!r} is not known.", f"Known: {known}.")
    disguise = table.text("disguise")
    test = RuleTest(
        language=language,
        bad=table.text("bad") if table.has("bad") else None,
        good=table.text("good") if table.has("good") else None,
        path=table.text("path"),
        before=table.text("before") if table.has("before") else None,
        note=DISGUISE + disguise if disguise else table.text("note"),
    )
    table.taken.update({"bad", "good", "before", "note"})
    if test.bad is None and test.good is None:
        table.problem(
            "language", "The test has neither `bad` nor `good`.", "Add code that fires, or code that is silent."
        )
    table.close()
    return test


def _check_tests(table: Table, rule: Rule) -> None:
    if not rule.matches and not rule.flows:
        return
    bad = {test.language for test in rule.tests if test.bad is not None}
    syntax = [match for match in rule.matches if match.kind is not MatchKind.TEXT]
    named = {name for match in syntax for name in match.languages}
    named.update(name for flow in rule.flows for name in flow.languages)
    wanted = {
        f"No test with `bad` code in {name}.": f'language = "{name}" and bad = ...' for name in sorted(named - bad)
    }
    if not bad:
        wanted["No test has `bad` code."] = "code that fires."
    if not any(test.good is not None for test in rule.tests):
        wanted["No test has `good` code."] = "code that stays silent."
    if (syntax or rule.flows) and not any(test.note.startswith(DISGUISE) for test in rule.tests):
        wanted["No test is disguised."] = 'disguise = "how it hides" and bad = ...'
    for message, what in wanted.items():
        table.problem("id", message, f"Add a [[test]] with {what}", advice=True)


def _rule(table: Table, stem: str, family: str | None, languages: frozenset[str]) -> Rule:
    rule = Rule(
        id=table.needed("id"),
        family=table.text("family") if family is None else table.needed("family"),
        cwe=table.numbers("cwe"),
        severity=Severity(table.one_of("severity", SEVERITIES, "low")),
        confidence=Confidence(table.one_of("confidence", CONFIDENCES, "low")),
        title=table.needed("title"),
        message=table.needed("message"),
        why=table.needed("why", advice=True),
        instead=table.needed("instead", advice=True),
        references=table.words("references"),
        matches=tuple(match for item in table.tables("match") if (match := match_of(item, languages))),
        tests=tuple(_test(item, languages) for item in table.tables("test")),
        detector=table.text("detector"),
        flows=tuple(_flow(item, languages) for item in table.tables("flow")),
        offers=offers(table),
    )
    for key in ("severity", "confidence"):
        if not table.has(key):
            table.problem(key, f"`{key}` is missing.", f"Add {key} = one of: {', '.join(SEVERITIES)}.")
    if not rule.cwe:
        remedy = "Add the weakness's number, for example cwe = [295]."
        table.problem("cwe", "`cwe` is missing or empty.", remedy, advice=True)
    _check_names(table, rule, stem, family)
    places = PLACES_OF_FLOW if rule.flows and not rule.matches else frozenset()
    _check_message(table, "message", rule.message, rule.matches, places)
    _check_tests(table, rule)
    return rule


def _check_names(table: Table, rule: Rule, stem: str, family: str | None) -> None:
    if rule.id and (rule.id != stem or not _ID.fullmatch(rule.id)):
        table.problem("id", f"The id {rule.id!r} is not the file's name.", f'Write id = "{stem}" or rename the file.')
    if rule.family and family is not None and rule.family != family:
        table.problem("family", f"The family {rule.family!r} is not the folder's name.", f'Write family = "{family}".')
    if len(rule.title) > LONGEST_TITLE:
        table.problem("title", f"The title has {len(rule.title)} characters.", f"Shorten it to {LONGEST_TITLE}.")


def read_rule(
    file: str, text: str, stem: str, family: str | None, languages: frozenset[str]
) -> tuple[Rule | None, list[Problem]]:
    """The Rule in a file's `text`, or None, and the problems found. A rule of ours is of use only without problems,
    one of a user's own also where all of them are advice.

    `file` is the name that problems carry; `stem` is the file's name without ".toml", `family` that of its folder, or
    None where any will do; `languages` are the names of all languages.
    """
    table, problems = opened(file, text, FORMAT)
    if table is None:
        return None, problems
    rule = _rule(table, stem, family, languages)
    table.close()
    return rule, problems
