"""A small dependency container: factories by type, made once."""
import inspect


class Container:
    def __init__(self):
        self._factories, self._made = {}, {}

    def add(self, kind, factory=None):
        self._factories[kind] = factory or kind

    def get(self, kind):
        if kind not in self._made:
            factory = self._factories[kind]
            wanted = inspect.signature(factory).parameters.values()
            given = {one.name: self.get(one.annotation) for one in wanted if one.annotation in self._factories}
            self._made[kind] = factory(**given)
        return self._made[kind]


class Clock:
    def now(self):
        return 0


class Service:
    def __init__(self, clock: Clock):
        self.clock = clock


container = Container()
container.add(Clock)
container.add(Service)
service = container.get(Service)
