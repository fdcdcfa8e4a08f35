"""Looser: whether a limit, a pattern, a list of what is allowed or a set of constraints lets more through than before."""

import re

from gifthorse.change.conditions import number

_ROUGH = 8
"""Times and sizes are changed all the time: from which factor on that says something. For others it is two."""
_MINIMA = re.compile(
    r"(?i)(min(imum)?([_A-Z]|len|size|$)|iteration|rounds|cost|work_?factor|bits|key_?(size|len)|salt|backoff|bcrypt|scrypt"
    r"|pbkdf2|argon|entropy|\bge\b|\bgt\b|gte\b|at_?least|memory|parallel|window|period|per\b|interval|every|duration_of)"
)
_COSTS = re.compile(
    r"(?i)bcrypt|scrypt|pbkdf2|argon|gensalt|hash_?pw|rfc2898|generate_?key|random_?bytes|token_(hex|bytes)|urandom"
)
_LIMITED = re.compile(r"(?i)(max|limit|attempts|burst|count|calls|requests|valid_window|leeway|skew|tolerance)")
_SLOW = re.compile(r"(?i)(time_?out|ttl|expir|lifetime|max_?age|size|length|bytes|body|deadline|days|hours|minutes)")
_SHORT = re.compile(r"(?i)(max|limit|stringlength|length)")
_ENDLESS = re.compile(
    r"(?i)^(none|null|nil|undefined|-1|float\(.inf.\)|infinity|math\.inf|number\.max\w*|inf|\w*max_?value)$"
)
_WEAK = re.compile(
    r"(?i)[\"'](\*|none|null|md5|sha-?1|des|3des|rc4|tlsv1(\.[01])?|sslv[23]|0\.0\.0\.0(/0)?|::/0|\.?(exe|php|phtml|jspx?|aspx?|sh|svg"
    r"|html?)|unsafe-(inline|eval)|https?://\*|trace|connect|is_?admin|is_?staff|is_?superuser|role)[\"']|:(is_)?(admin|role|superuser)\b"
    r"|\bTLSv1(_1)?\b|\bVersionTLS1[01]\b|\bVersionSSL30\b|\bTls(11)?\b(?!\w)|\bSsl3\b|unsafe-(inline|eval)|\bALL\b|permit!|\ball:\s*true"
)
_WIDE = re.compile(r"\.[*+]|\[\\s\\S\]|\\S[*+]")
_PIECE = re.compile(r"\d[\d_]*(?:\.\d+)?|[A-Za-z_]\w*|\s+|.", re.DOTALL)
_UNITS = {
    "ms": 0.001, "milli": 0.001, "millisecond": 0.001, "s": 1, "sec": 1, "second": 1, "m": 60, "min": 60, "minute": 60,
    "h": 3600, "hour": 3600, "d": 86400, "day": 86400, "week": 604800, "month": 2592000, "year": 31536000,
    "kb": 1 << 10, "mb": 1 << 20, "gb": 1 << 30, "kib": 1 << 10, "mib": 1 << 20, "gib": 1 << 30,
}  # fmt: skip
_CONSTRAINTS = re.compile(
    r"(?i)(?<![\w])(min(?:_?len(?:gth)?|imum|_value|_size|_digits)?|max(?:_?len(?:gth)?|imum|_value|_size|_digits|_items)?|ge|gt|le|lt|gte|lte|len(?:gth)?"
    r"|size|range|between|email|e?mail|url|uri|uuid|guid|ip|ipv4|regex|regexp|pattern|matches|format|required|presence|"
    r"not_?(?:null|blank|empty|nil)|non_?empty|nonnegative|positive|integer|int|numeric|numericality|digits|alpha\w*|"
    r"unique|uniqueness|inclusion|in|oneof|enum|exists|confirmed|mimes|mimetypes|image|date|before|after|strict|trim|"
    r"maximum_?length|minimum_?length|email_?address|must|matches|(?:in|ex)clusive_?between|greater_?than\w*|less_?than\w*|"
    r"is_?in_?enum|is_?email|is_?url|is_?uuid|is_?int|is_?in|is_?string|nonnegative|min_?by\w*|no_?null\w*|digits_?between|"
    r"validators(?=\s*[=:])|multiple_of|multipleof|decimal_places|choices|validate|xss|nestedtype|string_?length|custom|refine)(?![\w])"
)


def looser(old: str, new: str) -> str:
    """In which way a setting that is a limit is looser; empty where it is not."""
    name = _name(old)
    values = [_value(words) for words in (old, new)]
    first, second = quantity(values[0]), quantity(values[1])
    least = bool(_MINIMA.search(name)) and not _LIMITED.search(name)
    if first is None:
        return ""
    if _ENDLESS.match(values[1]) or (second == 0 and _SLOW.search(name) and first > 0):
        return "there is no limit any more" if not least else ""
    return _compared(first, second, least, bool(_SLOW.search(name)))


def _value(words: str) -> str:
    """What stands behind the name, its type and the sign; behind the last blank where there is no sign."""
    parts = re.split(r"=>?|:(?!.*=)", words)
    return (parts[-1] if len(parts) > 1 else words.rpartition(" ")[2]).strip(" ;,)")


def looser_call(old: str, new: str) -> str:
    """In which way what is written in the same words with other numbers is looser."""
    was, now = ([one for one in _PIECE.findall(words) if one.strip()] for words in (old, new))
    if [_shape(one) for one in was] != [_shape(one) for one in now]:
        return ""
    rate = bool(re.search(r"(?i)limit|throttl|rate|slow_?down", old))
    for at, (one, other) in enumerate(zip(was, now, strict=True)):
        if one != other and not one[0].isdigit():
            first, second = _measured(was, at, rate), _measured(now, at, rate)
            return _compared(first, second, False, not rate) if first and second else ""
    different = (at for at, (one, other) in enumerate(zip(was, now, strict=True)) if one != other)
    return next((why for at in different if (why := _number(was, now, at, rate))), "")


def _measured(pieces: list[str], at: int, rate: bool) -> float | None:
    """The number that belongs to a unit, in seconds or bytes; of a rate, how many there are in one second."""
    unit = _UNITS.get(_unit(pieces[at]))
    numbers = [piece for piece in (*pieces[:at][::-1], *pieces[at:]) if piece[0].isdigit()]
    if unit is None or not numbers:
        return None
    value = float(numbers[0].replace("_", ""))
    return value / unit if rate else value * unit


def more_allowed(old: str, new: str) -> bool:
    """Whether values are allowed that ought not to be, which were not before."""
    return len(_WEAK.findall(old)) < len(_WEAK.findall(new))


def fewer_constraints(old: str, new: str) -> str:
    """The first constraint that is there no more where all others are as they were; empty where that is not so."""
    had = [one.lower() for one in _CONSTRAINTS.findall(old)]
    has = [one.lower() for one in _CONSTRAINTS.findall(new)]
    lost = [one for one in had if one not in has]
    return lost[0] if lost and set(has) <= set(had) and len(has) < len(had) else ""


def wider(old: str, new: str) -> str:
    """In which way a pattern fits more; empty where it does not."""
    for anchor in ("^", "$", r"\A", r"\z", r"\Z"):
        if anchor in _bare(old) and not any(one in _bare(new) for one in _ends_of(anchor)):
            return "its pattern is not held to both ends any more" if "fullmatch" not in new else ""
    if "fullmatch" in old and "fullmatch" not in new and not _bare(new).rstrip("\"')/gimu").endswith(("$", r"\Z")):
        return "its pattern need not fit the whole text any more"
    if not _held(old):
        return ""
    if len(_WIDE.findall(new)) > len(_WIDE.findall(old)):
        return "its pattern fits more"
    return _repeats(old, new)


def _held(pattern: str) -> bool:
    """Whether a pattern must fit a whole text: others look for something, and may find more."""
    bare = _bare(pattern)
    ends = any(one in bare for one in _ends_of("^")) and any(one in bare for one in _ends_of("$"))
    return ends or "fullmatch" in pattern or "matches" in pattern or "@Pattern" in pattern


def _repeats(old: str, new: str) -> str:
    """Whether the same pattern may repeat more often, or may be shorter."""
    bounds = re.compile(r"\{(\d*)(,?)(\d*)\}")
    endless = re.sub(r"(?<=[\])\w])[+*]", "{}", new)
    if bounds.sub("{}", old) not in {bounds.sub("{}", endless), bounds.sub("{}", new)}:
        return ""
    for one, other in zip(bounds.findall(old), bounds.findall(new), strict=False):
        top, other_top = one[2] or (one[0] if not one[1] else ""), other[2] or (other[0] if not other[1] else "")
        if top and (not other_top or int(other_top) >= 2 * int(top)):
            return "its pattern fits more"
    return "its pattern fits more" if len(bounds.findall(new)) < len(bounds.findall(old)) else ""


def quantity(text: str) -> float | None:
    """The number that a text of numbers, products and units of time or size stands for."""
    result: float | None = None
    for part in re.split(r"[*]", text.strip(" _)(;,")):
        found = re.search(r"\d[\d_]*(?:\.\d+)?(?:e\d+)?", part)
        unit = next((_UNITS[word] for one in re.findall(r"[A-Za-z_]+", part) if (word := _unit(one)) in _UNITS), None)
        plain = number(part)
        if (found is None and (unit is None or "." not in part)) or len(part) > len(found[0] if found else "") + 28:
            return None
        value = plain if plain is not None else float(found[0].replace("_", "")) if found else 1.0
        result = (1.0 if result is None else result) * value * (unit or 1)
    return result


def _unit(word: str) -> str:
    word = word.lower().removeprefix("of").removeprefix("from").removeprefix("_")
    return word if word in {"s", "ms"} else word.removesuffix("s")


def _shape(piece: str) -> str:
    return "#" if piece[0].isdigit() else "unit" if _unit(piece) in _UNITS else piece


def _number(was: list[str], now: list[str], at: int, rate: bool) -> str:
    first, second = (float(pieces[at].replace("_", "")) for pieces in (was, now))
    words = [one for one in was[:at] if one[0].isalpha() or one[0] == "_"]
    role = words[-1] if words else ""
    pair = re.match(r"(?i)@?\w*(range|between|clamp|size|length)$", role) and was[at - 1 : at] == ["("]
    least = bool(pair and any(one[0].isdigit() for one in was[at + 1 : at + 4]) and "," in was[at + 1 : at + 3])
    least = least or bool(_COSTS.search("".join(was[: was.index("(")] if "(" in was[:at] else [])))
    least = least or (bool(_MINIMA.search(role)) and not (_LIMITED.search(role) and not rate))
    return _compared(first, second, least, bool(_SLOW.search(role)) and not _SHORT.search(role))


def _compared(first: float, second: float | None, least: bool, slow: bool) -> str:
    if second is None or first == second:
        return ""
    if least:
        return "its least value is smaller" if second < first else ""
    return "its limit is larger" if second >= first * (_ROUGH if slow else 2) and second > first else ""


def _name(words: str) -> str:
    words = words.removeprefix("#define ").split(" ")[0] if words.startswith("#define ") else words
    return re.split(r"[:=,(]", words, maxsplit=1)[0].strip(" \"'@[]")


def _ends_of(anchor: str) -> tuple[str, ...]:
    return ("^", r"\A") if anchor in ("^", r"\A") else ("$", r"\z", r"\Z")


def _bare(pattern: str) -> str:
    return pattern.replace("[^", "[").replace(r"\$", "").replace(r"\^", "")
