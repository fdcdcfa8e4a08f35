"""What stands in the arms of a match statement is looked at like any other branch."""

import os


def chosen(kind, name):
    match kind:
        case 1:
            os.system("ls " + name)  # expect: shell
        case [first, *_] if first > 3:
            os.system("ls %s" % first)  # expect: shell
        case {"k": 1} | None:
            os.system("ls")  # expect: shell
        case _:
            if name:
                os.system(f"ls {name}")  # expect: shell
