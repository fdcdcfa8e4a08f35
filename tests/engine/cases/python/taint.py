"""Outside text: where it comes from, what it goes through, what makes it harmless."""
import json

import danger
import web
from danger import run as start
from web import request, secret_source as source

ALLOWED = {"a", "b"}
TABLE = {"a": "x", "b": "y"}
text = source()

# Ways through values.
danger.run(text)  # expect: to-shell
start("ls " + text)  # expect: to-shell
danger.run(f"ls {text}")  # expect: to-shell
danger.run("ls %s" % text)  # expect: to-shell
danger.run("ls {}".format(text))  # expect: to-shell
danger.run(" ".join(["ls", text]))  # expect: to-shell
danger.run(text[3:])  # expect: to-shell
danger.run(text.strip().lower())  # expect: to-shell
danger.run(unknown(1, text))  # expect: to-shell
danger.run(json.loads(text)["command"])  # expect: to-shell
danger.run(request.args["command"])  # expect: to-shell
danger.run(request.args.get("command", "ls"))  # expect: to-shell
danger.run(getattr(request, "args")["command"])  # expect: to-shell
getattr(danger, "ru" + "n")(text)  # expect: to-shell
danger.run([*map(str, [text])][0])  # expect: to-shell
danger.run("ls" if text else "dir")
danger.run("ls")
danger.run(request.method)
danger.show(text)  # expect: to-html
danger.item.html = text  # expect: to-html
danger.item.text = text

# Numbers, comparisons and members of closed lists are clean.
danger.run("ls %d" % text)
danger.run(f"ls {int(text)}")
danger.run("ls " + str(int(text)))
danger.run(str(int(text) + 1))
danger.run(TABLE[text])
danger.run(str(text == "a"))
danger.run(str(len(text)))

# Sanitizers clear the sinks they are for.
danger.show(web.escape(text))
danger.run(web.escape(text))  # expect: to-shell
danger.run(web.quote(web.escape(text)))
danger.run(web.digest(text))

# Containers and fields.
holder = {"command": text, "other": "ls"}
danger.run(holder["command"])  # expect: to-shell
danger.run(holder["other"])
danger.run_all(holder)  # expect: to-shell
danger.run_all(other={"deep": [{"er": text}]})  # expect: to-shell
parts = ["ls"]
danger.run_all(parts)
parts.append(text)
danger.run_all(parts)  # expect: to-shell
first, (second, third) = "ls", (text, "a")
danger.run(first)
danger.run(second)  # expect: to-shell
danger.run(third)
by_name = {}
by_name[unknown()] = text
danger.run(by_name["a"])  # expect: to-shell
for part in parts:
    danger.run(part)  # expect: to-shell
danger.run_all([part.upper() for part in parts])  # expect: to-shell
danger.run_all({part: "a" for part in ["ls"]})

# By side effect, and back.
buffer = web.Buffer()
danger.run(buffer)
web.read_into(buffer, 10)
danger.run(buffer)  # expect: to-shell
copy = web.Buffer()
web.copy(buffer, copy)
danger.run(copy.value())  # expect: to-shell
danger.run(web.copy(buffer, copy))

# Reassigned.
text = "ls"
danger.run(text)


class Job:
    def __init__(self, command, name):
        self.command = command
        self.name = name
        self.kind = request.args["kind"]

    def work(self):
        danger.run(self.command)  # expect: to-shell
        danger.run(self.name)  # expect: to-shell
        danger.run(self.kind)  # expect: to-shell


Job(source(), "ls").work()
Job(name=source(), command="ls")


def echo(value):
    return value


def never(value):
    return "ls"


def clean(value):
    return web.quote(value)


danger.run(echo(source()))  # expect: to-shell
danger.run(never(source()))
danger.run(clean(source()))


def through(value, count=1, *rest, **options):
    danger.run(value)  # expect: to-shell
    danger.run(count)
    danger.run(rest[0])  # expect: to-shell
    danger.run(options["last"])  # expect: to-shell


through(source(), 2, source(), last=source())


def closure():
    held = source()

    def inner():
        danger.run(held)  # expect: to-shell

    return lambda: danger.run(held)  # expect: to-shell


def generator():
    yield source()


for one in generator():
    danger.run(one)  # expect: to-shell
