"""Flags that are switched by name."""
class Flags:
    new_search = False
    dark_mode = True

    def __init__(self, **given):
        for name, value in given.items():
            setattr(self, name, bool(value))

    def __getitem__(self, name):
        return getattr(self, name, False)


flags = Flags(new_search=1 > 0)


def search(query, old, new):
    run = {True: new, False: old}[flags["new_search"]]
    return run(query)
