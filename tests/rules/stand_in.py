"""Runs samples of Python with stand-ins for all that is not pure: whatever is called, read or made gives another one.

Names that the sample before its fix does not define stand for something; a name that only the fix uses must be
imported or defined by it.
"""

import ast
import builtins
import importlib
import inspect
import sys
import types

PURE = frozenset({
    "__future__", "ast", "base64", "collections", "copy", "datetime", "enum", "functools", "hashlib", "hmac", "html",
    "itertools", "json", "math", "random", "re", "secrets", "shlex", "string", "textwrap", "time", "typing", "uuid",
})  # fmt: skip
IMPURE = frozenset({"open", "eval", "exec", "compile", "input", "print", "breakpoint", "exit", "quit"})
MOST_LINES = 20_000


class StandIn(str):
    """A text that is everything else as well."""

    __slots__ = ("held",)

    def __new__(cls, *given, **named):
        made = super().__new__(cls, "1")
        made.held = {}
        return made

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return self.held.setdefault(name, StandIn())

    def __setattr__(self, name, value):
        if name == "held":
            super().__setattr__(name, value)
        else:
            self.held[name] = value

    def __call__(self, *given, **named):
        if len(given) == 1 and inspect.isfunction(given[0]):  # a decorator
            return given[0]
        return StandIn()

    def __getitem__(self, key):
        return StandIn()

    def __setitem__(self, key, value):
        pass

    def __iter__(self):
        return iter([StandIn()])

    def __await__(self):
        yield from ()
        return StandIn()

    def __enter__(self):
        return StandIn()

    def __exit__(self, *given):
        return False

    async def __aenter__(self):
        return StandIn()

    async def __aexit__(self, *given):
        return False

    def __or__(self, other):
        return StandIn()

    __ror__ = __and__ = __xor__ = __sub__ = __truediv__ = __or__

    def __index__(self):
        return 1

    def __mro_entries__(self, bases):
        return (object,)


def imported(name, globals=None, locals=None, wanted=(), level=0):  # noqa: A002  as `__import__` has them
    """A pure module as it is, a stand-in for any other."""
    if level == 0 and name.partition(".")[0] in PURE:
        return importlib.import_module(name if wanted else name.partition(".")[0])
    module = StandIn()
    module.held.update({one: StandIn() for one in wanted or ()})
    return module


def free_names(code):
    """Names that a sample uses and never binds."""
    names = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name)]
    bound = {node.id for node in names if not isinstance(node.ctx, ast.Load)}
    return {node.id for node in names} - bound - set(dir(builtins))


def limited():
    """A tracer that ends what takes too long."""
    left = [MOST_LINES]

    def trace(frame, event, argument):
        left[0] -= 1
        if left[0] < 0:
            raise TimeoutError
        return trace

    return trace


def attempt(work):
    """The name of the error that it ends with, or nothing."""
    before = sys.gettrace()
    sys.settrace(limited())
    try:
        result = work()
        if inspect.iscoroutine(result):
            try:
                result.send(None)
            except StopIteration:
                pass
            finally:
                result.close()
        elif inspect.isgenerator(result):
            next(result, None)
    except Exception as error:  # noqa: BLE001  whatever a sample does is compared
        return type(error).__name__
    finally:
        sys.settrace(before)
    return ""


def run(code, known):
    """What goes wrong, by name, when a sample is run and each of its functions called. `known`: names that stand for
    something.
    """
    own = {name: value for name, value in vars(builtins).items() if name not in IMPURE}
    own.update({name: StandIn() for name in IMPURE}, __import__=imported)
    scope = {"__builtins__": own, "__name__": "__main__", **{name: StandIn() for name in known}}
    program = compile(code, "sample", "exec")
    wrong = {"": attempt(lambda: exec(program, scope))}
    for name, value in list(scope.items()):
        if isinstance(value, types.FunctionType):
            count = value.__code__.co_argcount
            wrong[name] = attempt(lambda value=value, count=count: value(*(StandIn() for _ in range(count))))
    return {name: error for name, error in wrong.items() if error}
