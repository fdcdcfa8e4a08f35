"""Outside text through branches, loops and exceptions, and conditions that make it harmless."""
import danger
import web
from web import secret_source as source

ALLOWED = ("a", "b")


def guarded(other):
    text = source()
    if text in ALLOWED:
        danger.run(text)
    else:
        danger.run(text)  # expect: to-shell
    if text not in ALLOWED:
        return
    danger.run(text)


def raised():
    text = source()
    if not web.is_safe(text):
        raise ValueError(text)
    danger.run(text)
    danger.show(text)  # expect: to-html


def negated():
    text = source()
    if web.is_bad(text):
        return None
    danger.run(text)


def bad_only():
    text = source()
    if web.is_bad(text):
        danger.run(text)  # expect: to-shell
    danger.run(text)  # expect: to-shell


def equal():
    text = source()
    if text == "a" or text == "b":
        danger.run(text)  # expect: to-shell
    if text == "a":
        danger.run(text)
    elif text == "b":
        danger.run(text)
    else:
        danger.run(text)  # expect: to-shell


def both(other):
    text = source()
    if other and text in ALLOWED:
        danger.run(text)
    if not other or text not in ALLOWED:
        return
    danger.run(text)


def chosen():
    text = source()
    danger.run(text if text in ALLOWED else "ls")
    danger.run("ls" if text in ALLOWED else text)  # expect: to-shell
    match text:
        case "a":
            danger.run(text)
        case _:
            danger.run(text)  # expect: to-shell


def named():
    text = source()
    fine = web.is_safe(text)
    if not fine:
        return
    danger.run(text)


def own_check(value):
    if value in ALLOWED:
        return True
    return False


def demand(value):
    if value not in ALLOWED:
        raise ValueError


def useless(value):
    return True


def own_checks():
    one, two, three = source(), source(), source()
    if not own_check(one):
        return
    danger.run(one)
    demand(two)
    danger.run(two)
    if useless(three):
        danger.run(three)  # expect: to-shell


def field(request):
    if request.url in ALLOWED:
        danger.run(request.url)
    box = web.Box()
    box.url = source()
    if box.url not in ALLOWED:
        return
    danger.run(box.url)


def branches(flag):
    text = "ls"
    if flag:
        text = source()
    danger.run(text)  # expect: to-shell
    if flag:
        text = "a"
    else:
        text = "b"
    danger.run(text)


def loops(many):
    one = two = three = "ls"
    for _ in many:
        danger.run(three)  # expect: to-shell
        three = two
        two = one
        one = source()
    while True:
        danger.run(three)  # expect: to-shell
        if web.is_safe(three):
            break
    words = []
    for _ in many:
        danger.run(" ".join(words))  # expect: to-shell
        words.append(source())


def failing(many):
    text = "ls"
    try:
        text = source()
        unknown(text)
    except ValueError:
        danger.run(text)  # expect: to-shell
    finally:
        danger.run(text)  # expect: to-shell


def recovered():
    try:
        text = int(source())
    except ValueError:
        text = 0
    danger.run(text)
