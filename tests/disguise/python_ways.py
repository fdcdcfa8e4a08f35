"""Python's ways to hide values, names and imports; the others are in `python_calls`.

A word that a template only needs to be there stands as `{word}` and is empty.
"""

from typing import Final

from disguise.kinds import ASSEMBLY, COMPUTED, CONTAINER, ENCODING, IMPORT, REFLECTION
from disguise.ways import numbered, ways
from disguise.ways import template as _

_CONSTANTS: Final = (
    *ways(COMPUTED, "value", numbered("false", (
        "not 1", "(1 > 2)", "bool(0)", "bool([])", "(len('') > 0)", "any([])", "('a' in 'bcd')", "(3 - 3 != 0)",
        "(not not '')", "bool(None or '')", "(1 == 2 - 2)", "(None is not None)", "isinstance('a', int)",
    ))),
    *ways(COMPUTED, "value", numbered("true", (
        "(not 0)", "(2 > 1)", "bool('x')", "all([])", "(len('ab') == 2)", "('a' in 'abc')", "(1 | 0 == 1)",
        "(None is None)", "bool([0])", "(5 % 2 == 1)", "isinstance('a', str)",
    ))),
    *ways(COMPUTED, "value", numbered("none", (
        "{{}}.get('a')", "[None][0]", "(lambda: None)()", "(None if 1 else 2)", "dict(a=None)['a']",
    ))),
    *ways(COMPUTED, "value", numbered("number", (
        "({more} - 7)", "({half} + {rest})", "int('{number}')", "sum([{half}, {rest}])", "int(str({number}))",
        "abs(-{number})", "round({number}.0)", "max({half}, {number})", "divmod({number} * 3, 3)[0]", "({number} ^ 0)",
    ), "")),
)  # fmt: skip
_STRINGS: Final = (
    *ways(ASSEMBLY, "value", {
        "plus": "({head} + {tail})", "join": "''.join([{head}, {tail}])", "join characters": "''.join([{chars}])",
        "percent": "'%s%s' % ({head}, {tail})", "format": "'{{}}{{}}'.format({head}, {tail})",
        "numbered format": "'{{1}}{{0}}'.format({tail}, {head})",
        "named format": "'{{a}}{{b}}'.format(a={head}, b={tail})",
        "percent with names": "'%(a)s%(b)s' % {{'a': {head}, 'b': {tail}}}",
        "f-string": 'f"{{{head}}}{{{tail}}}"{unquoted}', "reversed slice": "{reversed}[::-1]",
        "reversed": "''.join(reversed({reversed}))", "map of codes": "''.join(map(chr, [{codes}]))",
        "comprehension of codes": "''.join(chr(c) for c in ({codes},))", "bytes of codes": "bytes([{codes}]).decode()",
        "replace": "{spaced}.replace('#', '')", "split": "''.join({spaced}.split('#'))", "slice": "{padded}[2:-2]",
        "strip": "{padded}.strip('~')", "add": "{head}.__add__({tail})", "str.join": "str.join('', [{head}, {tail}])",
        "lower": "{upper}.lower(){is_lower}", "swapcase": "{swapped}.swapcase()", "side by side": "({head} {tail})",
        "removeprefix": "{padded}.removeprefix('~~').removesuffix('~~')", "bytearray": "bytearray([{codes}]).decode()",
        "loop of codes": "''.join([chr(c - 1 + 1) for c in [{codes}]])",
    }),
    _(ASSEMBLY, "augmented", "value", "{name}", "{name} = {head}\n{name} += {tail}"),
    _(ASSEMBLY, "collected", "value", "''.join({name})", "{name} = []\n{name}.append({head})\n{name}.append({tail})"),
    _(ASSEMBLY, "template", "value", "string.Template('$a$b').substitute(a={head}, b={tail})", "import string"),
    *ways(ENCODING, "value", {
        "base64": ("base64.b64decode({base64}).decode()", "import base64"),
        "urlsafe base64": ("str(base64.urlsafe_b64decode({base64}), 'utf-8')", "import base64"),
        "hex": "bytes.fromhex({hex}).decode()",
        "unhexlify": ("binascii.unhexlify({hex}).decode('ascii')", "import binascii"),
        "rot13": ("codecs.decode({rot13}, 'rot13')", "import codecs"),
        "rot13 encode": ("codecs.encode({rot13}, 'rot_13')", "import codecs"),
        "codecs hex": ("codecs.decode({hex}, 'hex').decode()", "import codecs"),
        "percent": ("unquote({percent})", "from urllib.parse import unquote"), "hex escapes": "'{hex_escapes}'",
        "unicode escapes": "'{escapes}'", "unicode_escape": "{text}.encode().decode('unicode_escape')",
        "xor": "''.join(chr(c ^ 0) for c in [{codes}])", "latin-1": "bytes(({codes},)).decode('latin-1')",
    }),
)  # fmt: skip
_REFLECTION: Final = (
    *ways(REFLECTION, "callee", {
        "getattr": "getattr({object}, {member})", "__getattribute__": "{object}.__getattribute__({member})",
        "object.__getattribute__": "type({object}).__getattribute__({object}, {member})",
        "vars": "vars({object})[{member}]", "__dict__": "{object}.__dict__[{member}]",
        "__dict__.get": "{object}.__dict__.get({member})",
        "attrgetter": ("operator.attrgetter({member})({object})", "import operator"),
        "getattr with default": "getattr({object}, {member}, None)",
        "getattr of a splat": "getattr(*[{object}, {member}])",
        "builtins.getattr": ("builtins.getattr({object}, {member})", "import builtins"),
        "reduce": ("functools.reduce(getattr, [{member}], {object})", "import functools"),
        "getattr under another name": ("{name}({object}, {member})", "{name} = getattr"),
        "itemgetter": ("operator.itemgetter({member})(vars({object}))", "import operator"),
        "builtin by name": ("getattr(builtins, {builtin})", "import builtins"),
        "builtin by index": ("vars(builtins)[{builtin}]", "import builtins"),
    }),
    _(REFLECTION, "methodcaller", "call", "operator.methodcaller({member}{comma}{arguments})({object})", "import operator"),
)  # fmt: skip
_HELD: Final = (
    *ways(CONTAINER, ("callee", "value"), {
        "list": "[{old}][0]", "tuple": "(None, {old})[1]", "dict": "{{'go': {old}}}['go']", "last": "[None, {old}][-1]",
        "dict with numbers": "{{1: {old}, 2: None}}[1]", "dict()": "dict(go={old})['go']",
        "nested": "{{'a': [{{'b': {old}}}]}}['a'][0]['b']", "get": "{{'go': {old}}}.get('go')", "pop": "[{old}].pop()",
        "next": "next(iter([{old}]))", "table": ("{name}['go']", "{name} = {{'stay': None, 'go': {old}}}"),
        "spread": "[*[{old}]][0]", "merged": "{{**{{'a': None}}, **{{'a': {old}}}}}['a']",
        "taken apart": ("{name}", "{name}, {name2} = {old}, None"),
        "starred": ("{name2}[0]", "{name}, *{name2} = [None, {old}]"),
        "nested and taken apart": ("{name2}", "({name}, [{name2}]) = (None, [{old}])"),
        "values": "list({{'a': {old}}}.values())[0]",
        "namespace": ("{name}.go", "import types\n{name} = types.SimpleNamespace(go={old})"),
        "namedtuple": ("{name}({old}).go", "import collections\n{name} = collections.namedtuple('Row', 'go')"),
        "enumerate": "dict(enumerate([None, {old}]))[1]", "zip": "dict(zip(['go'], [{old}]))['go']",
        "setdefault": "{{}}.setdefault('go', {old})", "getitem": "[{old}].__getitem__(0)",
        "fromkeys": "dict.fromkeys(['go'], {old})['go']", "slice": "[None, {old}][1:][0]",
        "concatenated": "([None] + [{old}])[1]",
        "deque": ("{name}.popleft()", "import collections\n{name} = collections.deque([{old}])"),
    }),
)  # fmt: skip
_IMPORTS: Final = (
    *ways(IMPORT, "import", {
        "__import__": "{bound} = __import__({module})",
        "import_module": "import importlib\n{bound} = importlib.import_module({module})",
        "import_module by name": "from importlib import import_module\n{bound} = import_module({module})",
        "importlib.__import__": "import importlib\n{bound} = importlib.__import__({module})",
        "sys.modules": "import sys\nimport {path}\n{bound} = sys.modules[{module}]",
        "sys.modules.get": "import sys\nimport {path}\n{bound} = sys.modules.get({module})",
        "builtins": "import builtins\n{bound} = builtins.__import__({module})",
        "exec": "exec('import {path} as {bound}')", "globals": "globals()['{bound}'] = __import__({module})",
        "resolve_name": "import pkgutil\n{bound} = pkgutil.resolve_name({module})",
        "in a function": "def {name}(which):\n    return __import__(which)\n\n\n{bound} = {name}({module})",
        "keyword": "import importlib\n{bound} = importlib.import_module(name={module})",
        "member of __import__": "{bound} = getattr(__import__({from}, fromlist=['x']), {member})",
        "member of import_module": "import importlib\n{bound} = getattr(importlib.import_module({from}), {member})",
        "member of sys.modules": "import sys\nimport {from_path}\n{bound} = getattr(sys.modules[{from}], {member})",
        "within try": "try:\n    import {path} as {bound}\nexcept ImportError:\n    {bound} = None",
    }),
)  # fmt: skip

VALUES: Final = (*_CONSTANTS, *_STRINGS, *_REFLECTION, *_HELD, *_IMPORTS)
