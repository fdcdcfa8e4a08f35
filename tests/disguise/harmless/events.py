"""Listeners by name of event, called in turn."""
import collections
import functools


class Bus:
    def __init__(self):
        self._listeners = collections.defaultdict(list)

    def on(self, event, function=None):
        if function is None:
            return functools.partial(self.on, event)
        self._listeners[event].append(function)
        return function

    def emit(self, event, *args, **kwargs):
        return [function(*args, **kwargs) for function in self._listeners[event]]


bus = Bus()


@bus.on("saved")
def note(path):
    return f"saved {path}"


bus.emit("saved", "a.txt")
