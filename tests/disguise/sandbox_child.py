"""Runs samples in which everything outside is a stub that takes down what it is called with. Started by `sandbox`.

Reads a JSON list of [code, names of the functions to call] from stdin, and writes a JSON list of records (a list of
lines) or of errors (a text). Nothing can be opened for writing, started, or connected to: an audit hook forbids it.
"""

import ast
import builtins
import codecs
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import inspect
import json
import resource
import signal
import sys
import types

REAL = frozenset(
    [
        "base64",
        "binascii",
        "builtins",
        "codecs",
        "collections",
        "contextlib",
        "copy",
        "dataclasses",
        "encodings",
        "enum",
        "functools",
        "importlib",
        "itertools",
        "json",
        "keyword",
        "math",
        "operator",
        "pkgutil",
        "re",
        "reprlib",
        "string",
        "struct",
        "sys",
        "types",
        "typing",
        "unicodedata",
        "urllib",
        "warnings",
        "_ast",
        "abc",
        "ipaddress",
        "inspect",
        "dis",
        "opcode",
        "token",
        "tokenize",
        "linecache",
    ]
)
STRINGS = frozenset(
    ["encode", "format", "join", "strip", "split", "lower", "upper", "replace", "startswith", "endswith"]
)
FORBIDDEN = (
    "os.system",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "subprocess.",
    "socket.",
    "shutil.",
    "os.remove",
    "os.rename",
    "os.mkdir",
)
MAX_LINES = 400


def guard(event, arguments):
    if event.startswith(FORBIDDEN):
        raise PermissionError(event)
    if event == "open" and (not isinstance(arguments[1], str) or set(arguments[1]) & set("wax+")):
        raise PermissionError(event)


class Log:
    lines: list = []  # noqa: RUF012

    @classmethod
    def add(cls, *words):
        if len(cls.lines) < MAX_LINES:
            cls.lines.append(" ".join(words))


def shown(value):
    if isinstance(value, Stub):
        return value._path
    if isinstance(value, Fake):
        return type(value)._path + "()"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(shown, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{shown(key)}: {shown(value[key])}" for key in value) + "}"
    if callable(value):
        return "function"
    return repr(value) if isinstance(value, str | bytes | int | float | bool | type(None)) else type(value).__name__


class Fields(dict):
    """`o.__dict__` of a stub."""

    def __init__(self, stub):
        super().__init__()
        self.stub = stub

    def __getitem__(self, key):
        return getattr(self.stub, key)

    def get(self, key, default=None):
        return getattr(self.stub, key)

    def __setitem__(self, key, value):
        setattr(self.stub, key, value)

    def update(self, *others, **more):
        for key, value in dict(*others, **more).items():
            setattr(self.stub, key, value)


class Stub(str):
    """Anything from outside: what is read of it is a stub again, what is called or written is taken down."""

    __slots__ = ("_held", "_path")

    def __new__(cls, path):
        made = super().__new__(cls, f"<{path}>")
        object.__setattr__(made, "_path", path)
        object.__setattr__(made, "_held", {})
        return made

    def __getattribute__(self, name):
        if name in {"_path", "_held"}:
            return object.__getattribute__(self, name)
        if name == "__dict__":
            return Fields(self)
        if name == "update":
            return lambda *others, **more: [self.__setitem__(*pair) for pair in dict(*others, **more).items()] and None
        if (name in STRINGS and not (name == "join" and self._path.endswith(".path"))) or (
            name.startswith("__") and name.endswith("__")
        ):
            return object.__getattribute__(self, name)
        held = self._held
        if name not in held:
            held[name] = Stub(f"{self._path}.{name}")
        return held[name]

    def __setattr__(self, name, value):
        Log.add("set", f"{self._path}.{name}", shown(value))
        self._held[name] = value

    def __call__(self, *args, **kwargs):
        words = [shown(one) for one in args] + [f"{key}={shown(kwargs[key])}" for key in sorted(kwargs)]
        Log.add("call", f"{self._path}({', '.join(words)})")
        function = args[0] if len(args) == 1 and not kwargs else None
        return function if isinstance(function, types.FunctionType) else Stub(f"{self._path}()")

    def __getitem__(self, key):
        if isinstance(key, slice) or (isinstance(key, int) and abs(key) > 3):
            return Stub(f"{self._path}[:]")
        return Stub(f"{self._path}[{shown(key)}]")

    def __setitem__(self, key, value):
        Log.add("set", f"{self._path}[{shown(key)}]", shown(value))

    def __iter__(self):
        return iter([Stub(f"{self._path}[]")])

    def __enter__(self):
        return Stub(f"{self._path}.__enter__()")

    def __exit__(self, *_):
        return False

    async def __aenter__(self):
        return Stub(f"{self._path}.__aenter__()")

    async def __aexit__(self, *_):
        return False

    def __await__(self):
        return self
        yield

    def __aiter__(self):
        return self

    async def __anext__(self):
        raise StopAsyncIteration

    def __mro_entries__(self, _bases):
        return (type("Fake", (Fake,), {"_path": self._path}),)

    def __hash__(self):
        return hash(self._path)

    def __eq__(self, other):
        return isinstance(other, Stub) and other._path == self._path

    def __gt__(self, _other):
        return False

    __lt__ = __ge__ = __le__ = __gt__

    def __int__(self):
        return 7

    __index__ = __int__


class Fake:
    """The base of a class that inherits a stub."""

    _path = ""

    def __init__(self, *args, **kwargs):
        Stub(type(self)._path)(*args, **kwargs)

    def __getattribute__(self, name):
        try:
            return object.__getattribute__(self, name)
        except AttributeError:
            return Stub(f"{type(self)._path}().{name}")

    def __setattr__(self, name, value):
        Log.add("set", f"{type(self)._path}().{name}", shown(value))
        object.__setattr__(self, name, value)


class StubModule(types.ModuleType):
    """A module from outside, which holds whatever is asked of it."""

    def __getattribute__(self, name):
        if name == "__dict__":
            return Fields(self)
        try:
            return super().__getattribute__(name)
        except AttributeError:
            if name.startswith("__"):
                raise
        found = Stub(f"{self.__name__}.{name}")
        super().__setattr__(name, found)
        return found

    def __setattr__(self, name, value):
        if not name.startswith("__") and not isinstance(value, types.ModuleType):
            Log.add("set", f"{self.__name__}.{name}", shown(value))
        super().__setattr__(name, value)


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives a stub for every module that is not one of REAL."""

    def find_spec(self, fullname, path=None, target=None):
        if fullname.split(".")[0].lstrip("_") in REAL or fullname.split(".")[0] in REAL:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec):
        return StubModule(spec.name)

    def exec_module(self, module):
        pass


def forget():
    for name in list(sys.modules):
        root = name.split(".")[0]
        if isinstance(sys.modules[name], StubModule) or not (root in REAL or root.lstrip("_") in REAL):
            del sys.modules[name]


class Names(dict):
    """The globals of a sample: a name that nobody binds is a stub."""

    def __missing__(self, name):
        if hasattr(builtins, name):
            return PATCHED.get(name, getattr(builtins, name))
        return Stub(name)


def recorded(name):
    def call(*args, **kwargs):
        return Stub(name)(*args, **kwargs)

    return call


def run_code(name, real):
    """`eval` and `exec`: what comes from outside is taken down, all else is run."""

    def call(code, *scopes):
        text = code.decode() if isinstance(code, bytes) else code
        if isinstance(text, str) and (
            isinstance(text, Stub)
            or ("<" in text and ">" in text and "<=" not in text and "/" not in text and not _parses(text))
        ):
            Log.add("call", f"{name}({shown(code)})")
            return Stub(f"{name}()")
        if not scopes:
            frame = sys._getframe(1)
            return real(text, frame.f_globals, frame.f_locals)
        return real(text, *scopes)

    return call


def _parses(text):
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def seen_vars(*one):
    if not one:
        return sys._getframe(1).f_locals
    return one[0].__dict__


PATCHED = {
    "print": recorded("print"), "open": recorded("open"), "input": recorded("input"), "vars": seen_vars,
    "eval": run_code("eval", builtins.eval), "exec": run_code("exec", builtins.exec),
}  # fmt: skip


def awaited(value):
    """Drive a coroutine: nothing that it waits for takes time."""
    while inspect.iscoroutine(value):
        try:
            while True:
                value.send(None)
        except StopIteration as end:
            value = end.value
    if inspect.isgenerator(value):
        return [one for one, _ in zip(value, range(4))]  # noqa: B905
    return value


def call(name, function):
    """Call a function of the sample with a stub for each parameter."""
    given, named = [], {}
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind in {parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD}:
            given.append(Stub(parameter.name))
        elif parameter.kind is parameter.KEYWORD_ONLY and parameter.default is parameter.empty:
            named[parameter.name] = Stub(parameter.name)
    Log.add("enter", name)
    result = awaited(function(*given, **named))
    Log.add("result", shown(result))


def enter(name, held):
    if isinstance(held, types.FunctionType):
        call(name, held)
    elif isinstance(held, type):
        made = object.__new__(held)
        for method, function in list(vars(held).items()):
            if isinstance(function, types.FunctionType) and not method.startswith("__"):
                call(f"{name}.{method}", getattr(made, method))


def run(code, names):
    forget()
    Log.lines = []
    module = types.ModuleType("sample")
    real, tricked = builtins.__dict__.copy(), {**builtins.__dict__, **PATCHED}
    scope = Names(__name__="sample", __builtins__=Names(tricked))
    sys.modules["sample"] = Namespace(scope)
    del module
    builtins.__dict__.update(PATCHED)
    try:
        exec(compile(code, "sample", "exec"), scope)
        for name in names:
            enter(name, scope.get(name))
    except Exception as error:  # noqa: BLE001
        return f"{type(error).__name__}: {error}"[:300]
    finally:
        builtins.__dict__.update(real)
    return list(Log.lines)


class Namespace(types.ModuleType):
    """The sample as a module: its attributes are its globals."""

    def __init__(self, scope):
        super().__init__("sample")
        object.__setattr__(self, "_scope", scope)

    def __getattribute__(self, name):
        if name in {"_scope", "__class__"}:
            return object.__getattribute__(self, name)
        scope = object.__getattribute__(self, "_scope")
        return scope if name == "__dict__" else scope[name]

    def __setattr__(self, name, value):
        self._scope[name] = value


def expire(*_):
    raise TimeoutError("too slow")


def main():
    work = json.load(sys.stdin)
    codecs.lookup("rot13"), codecs.lookup("hex"), codecs.lookup("unicode_escape"), codecs.lookup("latin-1")
    for module in [*sorted(REAL - {"encodings", "_ast"}), "urllib.parse"]:
        importlib.import_module(module)
    sys.meta_path.insert(0, Finder())
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 24, 1 << 24))
    sys.addaudithook(guard)
    signal.signal(signal.SIGALRM, expire)
    results = []
    for code, names in work:
        signal.setitimer(signal.ITIMER_REAL, 1.0)
        try:
            results.append(run(code, names))
        except TimeoutError:
            results.append("too slow")
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    sys.stdout.write(json.dumps(results))


if __name__ == "__main__":
    main()
