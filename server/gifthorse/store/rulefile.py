"""One rule file -> one Rule, with everything that is wrong in it. The format is described in docs/rules.md.

It reads text, never the disk: catalogue.py finds the files. It does not compile tree-sitter queries, since a
grammar may be missing when the package is built; a test compiles them all.
"""

import re
from collections.abc import Iterable

from gifthorse.model.finding import Confidence, FixKind, Severity
from gifthorse.model.rule import FixSpec, Match, MatchKind, Rule, RuleTest
from gifthorse.store.table import Problem, Table, parse

try:
    import re2
except ImportError:  # While the package is being built only msgspec is there; a test compiles every pattern.
    re2 = None

FORMAT = 1
LONGEST_TITLE = 60
MOST_NAMES = 2000
"""That one pattern may stand for: a rule that needs more is several."""
PLAIN_TEXT = "text"
SEVERITIES = tuple(map(str, Severity))
CONFIDENCES = tuple(map(str, Confidence))
FIX_KINDS = tuple(map(str, FixKind))
KINDS = tuple(map(str, MatchKind))
PLACEHOLDERS = frozenset({"callee", "arg", "value", "name", "target"})
DISGUISE = "disguise: "
"""In front of the note of a test whose bad code hides what it does."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ALTERNATIVES = re.compile(r"\{([^{}]*)\}")
_GROUP = re.compile(r"\(\?P<(\w+)>")
_BARE = frozenset({"falsy", "truthy", "missing", "present", "built", "literal", "constant", "tainted"})
_WITH_VALUE = ("is:", "has:", "made-of:", "lt:", "gt:", "re:", "says:", "tainted:")


def expand(pattern: str) -> tuple[str, ...]:
    """All names that a pattern with `{a,b}` alternatives, also nested ones, stands for.

    Raises ValueError for a brace without its fellow and for more than MOST_NAMES names.
    """
    names = [pattern]
    while any(_ALTERNATIVES.search(name) for name in names):
        names = [one for name in names for one in _expand_first(name)]
        if len(names) > MOST_NAMES:
            raise ValueError(pattern)
    if any("{" in name or "}" in name for name in names):
        raise ValueError(pattern)
    return tuple(dict.fromkeys(names))


def _expand_first(name: str) -> list[str]:
    """The name with its first innermost alternatives written out."""
    found = _ALTERNATIVES.search(name)
    if not found:
        return [name]
    return [name[: found.start()] + choice + name[found.end() :] for choice in found[1].split(",")]


def regular_expression_problem(pattern: str) -> str:
    """Why RE2 cannot compile the pattern, or an empty string."""
    if re2 is None:
        return ""
    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0] if error.args else ""
        return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
    return ""


def _check_expression(table: Table, key: str, pattern: str) -> None:
    if why := regular_expression_problem(pattern):
        table.problem(
            key, f"RE2 does not take `{pattern}`: {why}.", "Use RE2 syntax (no look-around, no backreference)."
        )


def _check_predicate(table: Table, key: str, predicate: str) -> None:
    plain = predicate.removeprefix("not:")
    if plain in _BARE:
        return
    kind = next((start for start in _WITH_VALUE if plain.startswith(start)), "")
    value = plain.removeprefix(kind)
    if not kind:
        known = ", ".join([*sorted(_BARE), *(start + "..." for start in _WITH_VALUE)])
        table.problem(
            key, f"The predicate `{predicate}` is not known.", f"Use one of: {known}, or not: and one of them."
        )
    elif kind in ("re:", "says:"):
        _check_expression(table, key, value)
    elif kind in ("lt:", "gt:"):
        try:
            float(value)
        except ValueError:
            table.problem(key, f"`{predicate}` needs a number.", "Write for example lt:2048.")


def _predicates(table: Table) -> dict[str, tuple[str, ...]]:
    found = table.word_lists()
    for key, predicates in found.items():
        for predicate in predicates:
            _check_predicate(table, key, predicate)
    return found


def _patterns(table: Table, kind: MatchKind) -> tuple[str, ...]:
    written = table.words(kind)
    if kind is MatchKind.TEXT:
        for pattern in written:
            _check_expression(table, kind, pattern)
    if kind in (MatchKind.TEXT, MatchKind.QUERY):
        return written
    names: list[str] = []
    for pattern in written:
        try:
            names.extend(expand(pattern))
        except ValueError:
            table.problem(
                kind,
                f"The braces of `{pattern}` do not fit.",
                f"Write alternatives as {{a,b}}, at most {MOST_NAMES} in all.",
            )
    return tuple(dict.fromkeys(names))


def _check_message(table: Table, key: str, message: str, matches: Iterable[Match]) -> None:
    """Only known placeholders, and the named groups of text patterns but `secret`, which is never shown."""
    texts = [pattern for match in matches if match.kind is MatchKind.TEXT for pattern in match.patterns]
    allowed = PLACEHOLDERS.union(*(_GROUP.findall(text) for text in texts)) - {"secret"}
    for name in re.findall(r"\{([^{}]*)\}", message):
        if name not in allowed:
            known = ", ".join(sorted(allowed))
            table.problem(key, f"The placeholder {{{name}}} is not known.", f"Use one of: {known}.")


def _fix(table: Table) -> FixSpec | None:
    if not table.values:
        return None
    spec = FixSpec(
        title=table.needed("title"),
        kind=FixKind(table.one_of("kind", FIX_KINDS, "scaffold")),
        delete=table.words("delete"),
        set=table.table("set").strings(),
        callee=table.text("callee"),
        wrap=table.table("wrap").strings(),
        replace=table.text("replace"),
        imports=table.words("imports"),
    )
    if not table.has("kind"):
        table.problem("kind", "The fix does not say its `kind`.", f"Add kind = one of: {', '.join(FIX_KINDS)}.")
    if not (spec.delete or spec.set or spec.callee or spec.wrap or spec.replace):
        table.problem("title", "The fix changes nothing.", "Add delete, set, callee, wrap or replace.")
    for key, template in spec.wrap.items():
        if "{}" not in template:
            table.problem("wrap", f"wrap.{key} has no {{}}.", "Write {} where the present source goes.")
    table.close()
    return spec


def _kind(table: Table) -> MatchKind | None:
    written = [kind for kind in KINDS if table.has(kind)]
    if len(written) == 1:
        return MatchKind(written[0])
    table.notes.add(
        table.path, f"A match needs exactly one of {', '.join(KINDS)}.", "Split it, or add the one it lacks."
    )
    table.taken.update(table.values)
    return None


def _match(table: Table, languages: frozenset[str]) -> Match | None:
    kind = _kind(table)
    if kind is None:
        return None
    severity = table.one_of("severity", SEVERITIES)
    confidence = table.one_of("confidence", CONFIDENCES)
    match = Match(
        kind=kind,
        languages=table.words("language"),
        patterns=_patterns(table, kind),
        where=_predicates(table.table("where")),
        unless=_predicates(table.table("unless")),
        context=table.text("context"),
        keywords=tuple(word.lower() for word in table.words("keywords")),
        entropy=table.number("entropy"),
        ignore_case=table.flag("ignore_case"),
        message=table.text("message"),
        severity=Severity(severity) if severity else None,
        confidence=Confidence(confidence) if confidence else None,
        fix=_fix(table.table("fix")),
    )
    _check_match(table, match, languages)
    table.close()
    return match


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
    for name in match.languages:
        if name not in languages:
            table.problem("language", f"The language {name!r} is not known.", f"Known: {', '.join(sorted(languages))}.")
    if match.context:
        _check_expression(table, "context", match.context)
    _check_message(table, "message", match.message, [match])


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
        note=DISGUISE + disguise if disguise else table.text("note"),
    )
    table.taken.update({"bad", "good", "note"})
    if test.bad is None and test.good is None:
        table.problem(
            "language", "The test has neither `bad` nor `good`.", "Add code that fires, or code that is silent."
        )
    table.close()
    return test


def _check_tests(table: Table, rule: Rule) -> None:
    if not rule.matches:
        return
    bad = {test.language for test in rule.tests if test.bad is not None}
    syntax = [match for match in rule.matches if match.kind is not MatchKind.TEXT]
    for name in sorted({name for match in syntax for name in match.languages} - bad):
        table.problem(
            "id", f"No test with `bad` code in {name}.", f'Add a [[test]] with language = "{name}" and bad = ...'
        )
    if not bad:
        table.problem("id", "No test has `bad` code.", "Add a [[test]] with code that fires.")
    if not any(test.good is not None for test in rule.tests):
        table.problem("id", "No test has `good` code.", "Add a [[test]] with code that stays silent.")
    if syntax and not any(test.note.startswith(DISGUISE) for test in rule.tests):
        table.problem("id", "No test is disguised.", 'Add a [[test]] with disguise = "how it hides" and bad = ...')


def _rule(table: Table, stem: str, family: str, languages: frozenset[str]) -> Rule:
    rule = Rule(
        id=table.needed("id"),
        family=table.needed("family"),
        cwe=table.numbers("cwe"),
        severity=Severity(table.one_of("severity", SEVERITIES, "low")),
        confidence=Confidence(table.one_of("confidence", CONFIDENCES, "low")),
        title=table.needed("title"),
        message=table.needed("message"),
        why=table.needed("why"),
        instead=table.needed("instead"),
        references=table.words("references"),
        matches=tuple(match for item in table.tables("match") if (match := _match(item, languages))),
        tests=tuple(_test(item, languages) for item in table.tables("test")),
        detector=table.text("detector"),
    )
    for key in ("severity", "confidence"):
        if not table.has(key):
            table.problem(key, f"`{key}` is missing.", f"Add {key} = one of: {', '.join(SEVERITIES)}.")
    if not rule.cwe:
        table.problem("cwe", "`cwe` is missing or empty.", "Add the weakness's number, for example cwe = [295].")
    _check_names(table, rule, stem, family)
    _check_message(table, "message", rule.message, rule.matches)
    _check_tests(table, rule)
    return rule


def _check_names(table: Table, rule: Rule, stem: str, family: str) -> None:
    if rule.id and (rule.id != stem or not _ID.fullmatch(rule.id)):
        table.problem("id", f"The id {rule.id!r} is not the file's name.", f'Write id = "{stem}" or rename the file.')
    if rule.family and rule.family != family:
        table.problem("family", f"The family {rule.family!r} is not the folder's name.", f'Write family = "{family}".')
    if len(rule.title) > LONGEST_TITLE:
        table.problem("title", f"The title has {len(rule.title)} characters.", f"Shorten it to {LONGEST_TITLE}.")


def read_rule(
    file: str, text: str, stem: str, family: str, languages: frozenset[str]
) -> tuple[Rule | None, list[Problem]]:
    """The Rule in a file's `text`, or None, and the problems found. The Rule is of use only without problems.

    `file` is the name that problems carry; `stem` and `family` are the file's name without ".toml" and its folder;
    `languages` are the names of all languages.
    """
    values, notes = parse(file, text)
    if notes.problems:
        return None, notes.problems
    table = Table(values, (), notes)
    table.taken.add("format")
    if values.get("format") != FORMAT:
        table.problem("format", "The file does not say its format.", f"Write format = {FORMAT} in its first line.")
        return None, notes.problems
    rule = _rule(table, stem, family, languages)
    table.close()
    return rule, notes.problems
