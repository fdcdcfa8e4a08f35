"""Which controls an entry needs at all, by its name and by what it does: a health check needs no login.

A function that nobody marked as an entry needs what its siblings have where it works on what they work on.
"""

import re

from gifthorse.change.entries import ALONE, Entry, words_of
from gifthorse.change.peers import LEAST

SHARE = 0.75
"""Of the siblings so many must have it, or there is no rule that the new one breaks."""

_ALIVE = words_of(
    "health healthz healthcheck ping pong ready readyz readiness live livez liveness alive heartbeat version metrics"
    " robots favicon static assets sitemap manifest"
)
_HUBS = frozenset({"ServeHTTP", "dispatch", "handle_request"})
_NO_ENTRY = re.compile(
    r"(?i)@[\w.]*\b(middleware|exception\w*|error_?handler|listener|on_(request|response|event)|before_\w+|after_\w+|teardown\w*"
    r"|context_processor|cli|receiver|signal)\b"
)
_ENTRANCE = words_of(
    "login signin logon logout signout logoff signup register registration callback oauth oauth2 oidc saml sso webhook"
    " webhooks forgot"
)
_FOR_ALL = words_of("public openapi swagger docs jwks well csrf landing about terms privacy status home")
MUTATES = re.compile(
    r"(?i)[.>:]\s*\w*(save|update|delete|insert|create|remove|add|persist|store|destroy|increment|decrement|write|put)\w*"
    r"[!?]?\s*(\(|$|\s\w)|\b(update\s+\w+\s+set|insert\s+into|delete\s+from)\b|[\w\])]\.\w+\s*([-+*/|]|\|\|)?=(?![=>~])"
)
_TAKES = re.compile(
    r"(?i)(?<!res\.)(?<!response\.)body|\bform\b|payload|params|\binput\b|\bdto\b|get_json|\bBind"
    r"|req(uest)?\.(post|data|get|json|form|files|query)"
)
_HIDDEN = re.compile(r"(?m)^\s*(?:[\w@]+\s+)*?(private|protected|fileprivate|internal|static)\b")
_LOCKED = re.compile(r"(?i)_?(un)?locked$|_?unsafe$|_?no_?lock$")
_PLACES = re.compile(
    r"(?i)(controller|handler|resolver|resource|service|servicer|server|api|endpoint|view|route|router|action|rpc|usecase"
    r"|command|mutation)s?"
)
_IDENTIFIER = re.compile(r"(?<=[.>])[A-Za-z_]\w*|[A-Za-z_]\w+")
_CALLS = re.compile(r"\w[!?]?\s*\(|[.>]\w+")
_FREEING = re.compile(r"(?i)unlock|release|rollback|commit|defer")
_COMMON = words_of(
    "if else elif for while return def function func fun fn let const var async await self this cls true false null None"
    " True False nil void int long str string bool public static private pub mut new in is not and or end do then use"
    " Result Error error Option Some Ok Err err ctx context res req request response Response Request any String Int"
    " class struct type interface throws throw try catch raise except final override suspend data value number unsigned"
    " char float double auto std size_t id import from with as None"
)


def needs(entry: Entry, kind: str) -> bool:
    """Whether an entry of this name and shape needs such a control at all."""
    if _ALIVE & entry.words or entry.name in _HUBS or _NO_ENTRY.match(entry.text):
        return False
    if kind == "authorisation":
        return not (_ENTRANCE & entry.words or (entry.verb != "write" and _FOR_ALL & entry.words))
    if kind == "csrf-protection":
        return entry.verb != "read"
    if kind == "input-validation":
        return entry.verb != "read" and "delete" not in entry.words and bool(_TAKES.search(entry.text))
    if kind == "transaction":
        return entry.kind == "migration" or (entry.verb != "read" and bool(MUTATES.search(entry.text)))
    if kind == "lock":
        return not _LOCKED.search(entry.name)
    return True


def head_of(entry: Entry) -> str:
    """What stands in front of a function's parameters."""
    return entry.text[: entry.text.find("(") + 1] or entry.text[:200]


def is_for_its_own(entry: Entry) -> bool:
    """Whether a function is not for others, or makes the object: what calls it may ask in its place."""
    name = entry.name.rpartition(".")[2].rpartition(":")[2]
    return (
        entry.hidden
        or name.startswith(("_", "~", "New", "new", "init", "constructor", "setup", "main", "test"))
        or name in (entry.key[1], "dispose", "finalize", "toString")
        or bool(_HIDDEN.search(head_of(entry)))
    )


def is_place(entry: Entry) -> bool:
    """Whether a function stands where requests arrive."""
    return entry.key[1] != ALONE and bool(_PLACES.search(entry.key[1]))


def works_alike(entry: Entry, kind: str, peers: list[Entry]) -> bool:
    """Whether a function works on what its siblings work on under their control."""
    if kind == "authorisation" and is_place(entry) and entry.verb == "write":
        return bool(_CALLS.search(_parts(entry)[1]))
    counts: dict[str, int] = {}
    having = [one for one in peers if kind in one.own]
    for one in having:
        for name in _subjects(one, kind):
            counts[name] = counts.get(name, 0) + 1
    common = {
        name for name, times in counts.items() if times >= min(LEAST, len(having)) and times >= SHARE * len(having)
    }
    return bool(common & _subjects(entry, kind)) if kind != "transaction" else bool(having)


def _parts(entry: Entry) -> tuple[str, str]:
    """A function's head and its body."""
    first = entry.text.partition(entry.name.rpartition(".")[2])[2]
    end = first.find(")") if first.lstrip().startswith("(") else first.find("\n")
    return first[: end + 1], first[end + 1 :]


def _subjects(entry: Entry, kind: str) -> set[str]:
    """The names that a function uses, without its parameters, its control and words of the language."""
    head, body = _parts(entry)
    control = entry.own.get(kind)
    if control is not None:
        body = "\n".join(line for line in body.splitlines() if not _FREEING.search(line))
    own = set(_IDENTIFIER.findall(control.words)) if control is not None else set[str]()
    return set(_IDENTIFIER.findall(body)) - set(_IDENTIFIER.findall(head)) - own - _COMMON
