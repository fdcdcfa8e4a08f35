"""Outside text through functions that are too large, or called too deep, to be run through."""
import danger
import web
from web import secret_source as source


def large(command, name):
    total = 0
    total = unknown(1, total) + unknown(2, total) + unknown(3, total) + unknown(4, total) + unknown(5, total)
    total = unknown(1, total) + unknown(2, total) + unknown(3, total) + unknown(4, total) + unknown(5, total)
    total = unknown(1, total) + unknown(2, total) + unknown(3, total) + unknown(4, total) + unknown(5, total)
    total = unknown(1, total) + unknown(2, total) + unknown(3, total) + unknown(4, total) + unknown(5, total)
    total = unknown(1, total) + unknown(2, total) + unknown(3, total) + unknown(4, total) + unknown(5, total)
    total = unknown(1, total) + unknown(2, total) + unknown(3, total) + unknown(4, total) + unknown(5, total)
    total = unknown(1, total) + unknown(2, total) + unknown(3, total) + unknown(4, total) + unknown(5, total)
    total = unknown(1, total) + unknown(2, total) + unknown(3, total) + unknown(4, total) + unknown(5, total)
    total = unknown(1, total) + unknown(2, total) + unknown(3, total) + unknown(4, total) + unknown(5, total)
    total = unknown(1, total) + unknown(2, total) + unknown(3, total) + unknown(4, total) + unknown(5, total)
    total = unknown(1, total) + unknown(2, total) + unknown(3, total) + unknown(4, total) + unknown(5, total)
    total = unknown(1, total) + unknown(2, total) + unknown(3, total) + unknown(4, total) + unknown(5, total)
    danger.run(command)  # expect: to-shell
    danger.run(name)  # expect: to-shell
    quoted = web.quote(name)
    danger.run(quoted)
    return name


def caller():
    large(source(), "ls")
    danger.run(large("ls", source()))  # expect: to-shell
    danger.run(large(source(), "ls"))


def safe(command):
    return large("ls", web.quote(command))


def one(value):
    two(value)


def two(value):
    three(value)


def three(value):
    four(value)


def four(value):
    five(value)


def five(value):
    six(value)


def six(value):
    seven(value)


def seven(value):
    danger.run(value)  # expect: to-shell


def start():
    one(source())
    danger.run(safe(source()))


def back(value, count):
    if count:
        return back(value, count - 1)
    return value


def forth():
    danger.run(back(source(), 3))  # expect: to-shell


@web.App().route("/a")
def handler(page, number: int, request: web.Request):
    danger.run(page)  # expect: to-shell
    danger.run(number)
    danger.run(request.args)  # expect: to-shell
    danger.run(request.method)
    return "<b>" + page  # expect: to-html


def registered(incoming):
    danger.run(incoming.args)  # expect: to-shell
    return "<b>" + incoming.args


web.App().on("/b", registered)


class View(web.View):
    def get(self, page):
        danger.run(page)  # expect: to-shell

    def other(self, page):
        danger.run(page)
