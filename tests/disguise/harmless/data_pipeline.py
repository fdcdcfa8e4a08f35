"""Steps of a pipeline are functions in a list."""
import functools
import itertools
import operator


def compose(*steps):
    return functools.reduce(lambda one, two: lambda value: two(one(value)), steps)


clean = compose(str.strip, str.lower, operator.methodcaller("replace", "-", "_"))


def grouped(rows, key):
    ordered = sorted(rows, key=operator.itemgetter(key))
    return {name: list(group) for name, group in itertools.groupby(ordered, key=operator.itemgetter(key))}


def totals(rows):
    return {name: sum(map(operator.itemgetter("amount"), group)) for name, group in grouped(rows, "name").items()}


print(clean(" A-b "), totals([{"name": "a", "amount": 1}, {"name": "a", "amount": 2}]))
