"""A registry that plugins enter by a decorator."""
import importlib
import pkgutil

HANDLERS = {}


def register(name):
    def enter(function):
        HANDLERS[name] = function
        return function

    return enter


def load_plugins(package):
    for info in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{info.name}")


@register("upper")
def to_upper(text):
    return text.upper()


def handle(name, *args, **kwargs):
    handler = HANDLERS.get(name)
    if handler is None:
        raise KeyError(name)
    return handler(*args, **kwargs)
