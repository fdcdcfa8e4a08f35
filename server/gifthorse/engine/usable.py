"""Whether a rule can be run at all, beyond what its file says: whether its raw queries fit the grammars.

Our own rules are known to; those of users are asked before they join the others, which one of them would stop.
"""

from gifthorse.engine.languages import prepare
from gifthorse.engine.match import compiled
from gifthorse.engine.syntax import compile_union
from gifthorse.model.rule import Catalogue, Language, MatchKind, Rule


def query_problem(rule: Rule, catalogue: Catalogue) -> str:
    """Why one of the rule's queries cannot be run, in words; empty where all can."""
    for match in rule.matches:
        if match.kind is MatchKind.QUERY:
            for name in match.languages:
                if why := _problem(match.patterns[0], catalogue.languages[name], catalogue):
                    return why
    return ""


def _problem(query: str, language: Language, catalogue: Catalogue) -> str:
    try:
        union = compile_union(prepare(catalogue).grammar(language), [query], [True], lambda _pattern, _text: False)
        for expression in union.expressions() if union is not None else ():
            compiled(expression)
    except ValueError as error:
        return " ".join(str(error).split())
    except Exception as error:  # noqa: BLE001, the type of RE2's errors cannot be named here
        said = error.args[0] if error.args else ""
        reason = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        return f"RE2 does not take a regular expression in the query: {reason}"
    return ""
