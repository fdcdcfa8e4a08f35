"""Python's ways to hide calls, assignments and the flow that leads to them; values and names are in `python_ways`."""

import re
from typing import Final

from disguise.kinds import ALIAS, CLASS, CODE, CONDITION, DEFAULT, HIGHER, LOOP, SCOPE, SPLAT, WRAPPER, WRITE
from disguise.sample import Sample, Spot
from disguise.ways import Tongue, Way, ways
from disguise.ways import template as _

BOTH = ("callee", "value")

_WRAPPERS: Final = (
    *ways(WRAPPER, BOTH, {
        "lambda": "(lambda: {old})()", "identity": "(lambda given: given)({old})",
        "function": ("{name}()", "def {name}():\n    return {old}"),
        "function of a function": ("{name}()()", "def {name}():\n    def inner():\n        return {old}\n    return inner"),
        "two functions": ("{name2}()", "def {name}():\n    return {old}\n\ndef {name2}():\n    return {name}()"),
        "closure": ("{name}({old})()", "def {name}(held):\n    def give():\n        return held\n    return give"),
        "nonlocal": ("{name}()", "def {name}():\n    held = None\n    def fill():\n        nonlocal held\n        held = {old}\n    fill()\n    return held"),
        "global": ("{name2}", "{name2} = None\n\ndef {name}():\n    global {name2}\n    {name2} = {old}\n\n{name}(){global}"),
        "generator": ("next({name}())", "def {name}():\n    yield {old}"),
        "second of a pair": ("{name}()[1]", "def {name}():\n    return None, {old}"),
        "early return": ("{name}(1)", "def {name}(given):\n    if given:\n        return {old}\n    return None"),
    }),
    _(WRAPPER, "passes all on", "callee", "(lambda *a, **k: {old}(*a, **k))"),
    _(WRAPPER, "function that passes all on", "callee", "{name}", "def {name}(*args, **kwargs):\n    return {old}(*args, **kwargs)"),
    _(WRAPPER, "caller", "call", "{name}({callee}{comma}{arguments})", "def {name}(run, *args, **kwargs):\n    return run(*args, **kwargs)"),
    _(WRAPPER, "caller as a lambda", "call", "(lambda run, *rest, **more: run(*rest, **more))({callee}{comma}{arguments})"),
    _(WRAPPER, "call in a lambda", "call", "(lambda: {old})()"),
    _(WRAPPER, "call in a function", "call", "{name}()", "def {name}():\n    return {old}"),
    _(WRAPPER, "decorator", "call", "{name}(lambda: {old})()", "def {name}(function):\n    def inner(*args):\n        return function(*args)\n    return inner"),
)  # fmt: skip
_CODES: Final = (
    *ways(CODE, (*BOTH, "call"), {
        "eval": "eval({code})", "compiled eval": "eval(compile({code}, 'a', 'eval'))",
        "eval of bytes": "eval({code}.encode())", "eval of a sum": "eval('(' + {code} + ')')",
        "eval under another name": "getattr(__import__('builtins'), 'eval')({code})",
        "eval of a lambda": "eval('lambda: ' + {code})(){global}",
    }),
    *ways(CODE, ("statement",), {
        "exec": "exec({code})", "compiled exec": "exec(compile({code}, 'a', 'exec'))",
        "exec of lines": "exec('\\n'.join(['pass', {code}]))", "exec with globals": "exec({code}, globals()){global}",
    }),
    _(CODE, "exec of callee", "callee", "{name}", "exec('{name} = ' + {code}){global}"),
    _(CODE, "exec into a dictionary", "value", "{name}['held']{global}", "{name} = {{}}\nexec('held = ' + {code}, globals(), {name})"),
)  # fmt: skip
_HIGHER: Final = (
    *ways(HIGHER, BOTH, {
        "filter": "next(filter(None.__ne__, [{old}])){not_none}", "map": "list(map(lambda one: one, [{old}]))[0]",
        "max": "(lambda make: make())(lambda: {old})", "returned": "(lambda one, two: two)(None, {old})",
        "partial": ("functools.partial(lambda one: one, {old})()", "import functools"),
        "chain": ("list(itertools.chain([{old}]))[0]", "import itertools"),
    }),
    _(HIGHER, "partial of the callee", "callee", "functools.partial({old})", "import functools"),
    _(HIGHER, "partial with positional", "call", "functools.partial({callee}, {positional})()", "import functools"),
    _(HIGHER, "partial with all", "call", "functools.partial({callee}, {arguments})()", "import functools"),
    _(HIGHER, "map over the argument", "call", "list(map({callee}, [{only}]))[0]"),
    _(HIGHER, "starmap", "call", "list(itertools.starmap({callee}, [({positional},)]))[0]", "import itertools"),
    _(HIGHER, "__call__", "callee", "{old}.__call__"), _(HIGHER, "operator.call", "callee", "(lambda f: f)({old})"),
    _(HIGHER, "operator.call with all", "call", "operator.call({callee}{comma}{arguments})", "import operator"),
    _(HIGHER, "reduce", "call", "functools.reduce(lambda f, one: f(one), [{only}], {callee})", "import functools"),
    _(HIGHER, "comprehension", "call", "[one({positional}) for one in [{callee}]][0]"),
    _(HIGHER, "thunk", "call", "(lambda f: f())(lambda: {old})"),
    _(HIGHER, "sorted key", "call", "[one(two) for one, two in [({callee}, {only})]][0]"),
    _(HIGHER, "apply to pairs", "call", "[run(*args) for run, args in [({callee}, ({positional},))]][0]"),
)  # fmt: skip
_SCOPES: Final = (
    *ways(SCOPE, BOTH, {
        "globals written": ("{name}{global}", "globals()['{name}'] = {old}"),
        "globals read": ("globals()['{name}']{global}", "{name} = {old}"),
        "vars read": ("vars()['{name}']{global}", "{name} = {old}"),
        "locals read": ("locals()['{name}']{global}", "{name} = {old}"),
        "globals updated": ("{name}{global}", "globals().update({name}={old})"),
        "globals get": ("globals().get('{name}'){global}", "{name} = {old}"),
        "module of the file": ("sys.modules[__name__].{name}{global}", "import sys\n{name} = {old}"),
        "dictionary of the module": ("sys.modules[__name__].__dict__['{name}']{global}", "import sys\n{name} = {old}"),
        "getattr of the module": ("getattr(sys.modules[__name__], '{name}'){global}", "import sys\n{name} = {old}"),
        "globals setdefault": "globals().setdefault('{name}', {old}){global}",
        "locals in a function": ("{name}()", "def {name}():\n    held = {old}\n    return locals()['held']"),
    }),
    _(SCOPE, "builtins by name", "callee", "__builtins__[{builtin}]"),
    _(SCOPE, "root in globals", "callee", "globals()[{root}]{no_builtin}"),
)  # fmt: skip
_CLASSES: Final = (
    *ways(CLASS, BOTH, {
        "static attribute": ("{name}.held", "class {name}:\n    held = staticmethod({old}){callable}"),
        "attribute": ("{name}.held", "class {name}:\n    held = {old}"),
        "instance attribute": ("{name}().held", "class {name}:\n    def __init__(self):\n        self.held = {old}"),
        "given to the constructor": ("{name}({old}).held", "class {name}:\n    def __init__(self, held):\n        self.held = held"),
        "method": ("{name}().give()", "class {name}:\n    def give(self):\n        return {old}"),
        "static method": ("{name}.give()", "class {name}:\n    @staticmethod\n    def give():\n        return {old}"),
        "class method": ("{name}.give()", "class {name}:\n    @classmethod\n    def give(cls):\n        return {old}"),
        "property": ("{name}().held", "class {name}:\n    @property\n    def held(self):\n        return {old}"),
        "inherited": ("{name2}.held", "class {name}:\n    held = {old}\n\nclass {name2}({name}):\n    pass"),
        "inherited instance": ("{name2}().held", "class {name}:\n    def __init__(self):\n        self.held = {old}\n\nclass {name2}({name}):\n    pass"),
        "super": ("{name2}().give()", "class {name}:\n    def give(self):\n        return {old}\n\nclass {name2}({name}):\n    def give(self):\n        return super().give()"),
        "getattr hook": ("{name}().anything", "class {name}:\n    def __getattr__(_own, _key):\n        return {old}"),
        "getitem hook": ("{name}()[0]", "class {name}:\n    def __getitem__(self, key):\n        return {old}"),
        "call hook": ("{name}()()", "class {name}:\n    def __call__(self):\n        return {old}"),
        "type": "type('{name}', (), {{'held': {old}}}).held",
        "set from outside": ("{name}.held", "class {name}:\n    pass\n{name}.held = {old}"),
        "set on the instance": ("{name2}.held", "class {name}:\n    pass\n{name2} = {name}()\n{name2}.held = {old}"),
        "enumeration": ("{name}.HELD.value", "import enum\nclass {name}(enum.Enum):\n    HELD = {old}{plain}"),
        "dataclass": ("{name}().held", "import dataclasses\n@dataclasses.dataclass\nclass {name}:\n    held: object = {old}{plain}"),
        "private through a method": ("{name}({old}).give()", "class {name}:\n    def __init__(self, held):\n        self._held = held\n    def give(self):\n        return self._held"),
    }),
)  # fmt: skip
_ALIASES: Final = (
    *ways(ALIAS, BOTH, {
        "local": ("{name}", "{name} = {old}"), "twice": ("{name2}", "{name} = {old}\n{name2} = {name}"),
        "chained": ("{name}", "{name} = {name2} = {old}"), "walrus": "({name} := {old})",
        "tuple": ("{name2}", "{name}, {name2} = None, {old}"), "again": ("{name}", "{name} = None\n{name} = {old}"),
        "swapped": ("{name}", "{name}, {name2} = None, {old}\n{name}, {name2} = {name2}, {name}"),
        "annotated": ("{name}", "{name}: object = {old}"),
        "semicolons": ("{name2}", "{name} = {old}; {name2} = {name}; del {name}"),
        "walrus before": ("{name}", "if ({name} := {old}) is not None:\n    pass"), "parentheses": "(({old}))",
        "context": ("{name}", "import contextlib\nwith contextlib.nullcontext({old}) as {name}:\n    pass"),
    }),
    _(ALIAS, "import under another name", "import", "import {path}\n{name} = {path}\n{bound} = {name}"),
    _(ALIAS, "from import", "import", "import {from_path}\n{bound} = {from_path}.{plain_member}"),
)  # fmt: skip
_WRITES: Final = (
    *ways(WRITE, "assign", {
        "setattr": "setattr({object}, {member}, {value})", "__setattr__": "{object}.__setattr__({member}, {value})",
        "__dict__": "{object}.__dict__[{member}] = {value}", "vars": "vars({object})[{member}] = {value}",
        "update of vars": "vars({object}).update({word}={value})",
        "for target": "for {object}.{word} in [{value}]:\n    pass", "list target": "[{object}.{word}] = [{value}]",
        "setattr of a splat": "setattr(*[{object}, {member}, {value}])",
        "setitem": "__import__('operator').setitem({container}, {key}, {value})",
        "__setitem__": "{container}.__setitem__({key}, {value})", "update": "{container}.update({{{key}: {value}}})",
        "tuple target": "{container}[{key}], {name} = {value}, None",
        "in a loop": "for {name}, {name2} in [({member}, {value})]:\n    setattr({object}, {name}, {name2})",
    }),
    *ways(WRITE, ("keyword",), {
        "item": ("**{name}", "{name} = {{}}\n{name}[{key}] = {value}"),
        "update": ("**{name}", "{name} = {{}}\n{name}.update({word}={value})"),
        "update of a dictionary": ("**{name}", "{name} = dict()\n{name}.update({{{key}: {value}}})"),
        "setdefault": ("**{name}", "{name} = {{}}\n{name}.setdefault({key}, {value})"),
        "merged": ("**{name}", "{name} = {{}}\n{name} |= {{{key}: {value}}}"),
        "__setitem__": ("**{name}", "{name} = {{}}\n{name}.__setitem__({key}, {value})"),
        "loop": ("**{name}", "{name} = {{}}\nfor {name2} in [{key}]:\n    {name}[{name2}] = {value}"),
        "setitem": ("**{name}", "import operator\n{name} = {{}}\noperator.setitem({name}, {key}, {value})"),
    }),
    *ways(WRITE, BOTH, {
        "append": ("{name}[0]", "{name} = []\n{name}.append({old})"),
        "insert": ("{name}[0]", "{name} = [None]\n{name}.insert(0, {old})"),
        "extend": ("{name}[-1]", "{name} = [None]\n{name}.extend([{old}])"),
        "put": ("{name}['a']", "{name} = {{'a': None}}\n{name}['a'] = {old}"),
        "attribute of a function": ("{name}.held", "def {name}():\n    pass\n{name}.held = {old}"),
        "set in a function": ("{name}['a']", "{name} = {{}}\ndef {name2}(where):\n    where['a'] = {old}\n{name2}({name})"),
        "slice target": ("{name}[0]", "{name} = [None]\n{name}[:] = [{old}]"),
    }),
)  # fmt: skip
_SPLATS: Final = (
    *ways(SPLAT, "keyword", {
        "dictionary": "**{{{key}: {value}}}", "dict()": "**dict({word}={value})", "pairs": "**dict([({key}, {value})])",
        "zip": "**dict(zip([{key}], [{value}]))", "named": ("**{name}", "{name} = {{{key}: {value}}}"),
        "merged": "**{{**{{}}, {key}: {value}}}", "comprehension": "**{{one: {value} for one in [{key}]}}",
        "union": "**({{}} | {{{key}: {value}}})",
        "function": ("**{name}()", "def {name}():\n    return {{{key}: {value}}}"),
        "copy": "**{{{key}: {value}}}.copy()",
        "ChainMap": ("**collections.ChainMap({{{key}: {value}}})", "import collections"),
    }),
    _(SPLAT, "list", "call", "{callee}(*[{positional}])"), _(SPLAT, "tuple", "call", "{callee}(*({positional},))"),
    _(SPLAT, "named list", "call", "{callee}(*{name})", "{name} = [{positional}]"),
    _(SPLAT, "list of one", "call", "{callee}(*(one for one in [{only}]))"),
)  # fmt: skip
_CONDITIONS: Final = (
    *ways(CONDITION, BOTH, {
        "always": "({old} if True else None)", "computed": "({old} if len('ab') > 1 else None)",
        "or": "(None or {old}){truthy}", "and": "(1 and {old})", "index": "[None, {old}][1 == 1]",
        "if": ("{name}", "if len('a'):\n    {name} = {old}\nelse:\n    {name} = None"),
        "unknown": ("{name}", "if __name__ != 'other':\n    {name} = {old}\nelse:\n    {name} = None"),
        "try": ("{name}", "try:\n    {name} = {old}\nexcept Exception:\n    {name} = None"),
        "except": ("{name}", "try:\n    {name} = {{}}['missing']\nexcept KeyError:\n    {name} = {old}"),
        "finally": ("{name}", "try:\n    pass\nfinally:\n    {name} = {old}"),
        "try else": ("{name}", "try:\n    pass\nexcept ValueError:\n    {name} = None\nelse:\n    {name} = {old}"),
        "match": ("{name}", "match 'a':\n    case 'a':\n        {name} = {old}\n    case _:\n        {name} = None"),
        "nested": "(None if 0 else ({old} if 1 else None))", "by key": "{{True: {old}, False: None}}[1 < 2]",
    }),
)  # fmt: skip
_DEFAULTS: Final = (
    *ways(DEFAULT, BOTH, {
        "lambda": "(lambda held={old}: held)()", "function": ("{name}()", "def {name}(held={old}):\n    return held"),
        "keyword only": ("{name}()", "def {name}(*, held={old}):\n    return held"),
        "of a method": ("{name}().give()", "class {name}:\n    def give(self, held={old}):\n        return held"),
        "second": ("{name}(1)", "def {name}(a, held={old}):\n    return held"),
        "given by name": ("{name}(held={old})", "def {name}(held=None):\n    return held"),
    }),
    _(DEFAULT, "function called", "callee", "{name}", "def {name}(*args, run={old}, **kwargs):\n    return run(*args, **kwargs)"),
)  # fmt: skip
_LOOPS: Final = (
    *ways(LOOP, BOTH, {
        "comprehension": "[one for one in [{old}]][0]", "generator": "next(one for one in ({old},))",
        "for": ("{name}", "for {name} in [{old}]:\n    pass"),
        "for with break": ("{name}", "for {name} in [{old}, None]:\n    break"),
        "while": ("{name}", "while True:\n    {name} = {old}\n    break"),
        "dictionary comprehension": "{{one: two for one, two in [('a', {old})]}}['a']",
        "filtered": "[one for one in [None, {old}] if one is not None][0]{not_none}",
        "counted": ("{name}{still}", "for {name2} in range(2):\n    {name} = {old}"),
        "items": ("{name}", "for {name2}, {name} in {{'a': {old}}}.items():\n    pass"),
        "collected": ("{name}[0]", "{name} = []\nfor {name2} in [{old}]:\n    {name}.append({name2})"),
        "state machine": ("{name}", "{name}, {name2} = None, 0\nwhile {name2} < 2:\n    if {name2} == 1:\n        {name} = {old}\n    {name2} += 1"),
    }),
)  # fmt: skip


def _renamed(_tongue: Tongue, sample: Sample, spot: Spot) -> Sample | None:
    """`import os as tool`, and the new name wherever the old one stood."""
    old = sample.text(spot)
    found = re.fullmatch(r"(import|from [\w.]+ import) (\w+)(?: as (\w+))?", old)
    if found is None or re.search(rf"['\"].*\b{found[3] or found[2]}\b", sample.code.replace(old, "")):
        return None
    name, fresh = found[3] or found[2], sample.fresh()
    return sample.renamed(spot, f"{found[1]} {found[2]} as {fresh}", rf"(?<![\w.]){name}\b(?!=)", fresh)


CALLS: Final = (
    *_WRAPPERS, *_CODES, *_HIGHER, *_SCOPES, *_CLASSES, *_ALIASES, *_WRITES, *_SPLATS, *_CONDITIONS, *_DEFAULTS,
    *_LOOPS, Way(ALIAS, "import as", "import", _renamed),
)  # fmt: skip
