"""Reflective operators, code in strings, partial application."""
import functools
import importlib
import operator
import os
import requests

getattr(os, "system")("a")  # expect: shell
getattr(os, "sys" + "tem")("a")  # expect: shell
__import__("os").system("a")  # expect: shell
importlib.import_module("os").system("a")  # expect: shell
importlib.import_module("o" + "s").__dict__["system"]("a")  # expect: shell
vars(os)["system"]("a")  # expect: shell
os.__dict__["system"]("a")  # expect: shell
os.__getattribute__("system")("a")  # expect: shell
globals()["os"].system("a")  # expect: shell
operator.attrgetter("system")(os)("a")  # expect: shell
operator.methodcaller("system", "a")(os)  # expect: shell
functools.partial(requests.get, verify=False)(url)  # expect: tls
insecure = functools.partial(requests.get, url)
insecure(verify=False)  # expect: tls
(lambda f: f("a"))(os.system)  # expect: shell
list(map(os.system, ["a"]))  # expect: shell
exec("import os\nos.system('a')")  # expect: shell
eval("os.system('a')")  # expect: shell
eval(name)  # expect: code
name_of = "system"
getattr(os, name_of)("a")  # expect: shell


class Holder:
    pass


holder = Holder()
setattr(holder, "run", os.system)
holder.run("a")  # expect: shell
globals()["later"] = os.system
later("a")  # expect: shell


def apply(function, *args, **kwargs):
    return function(*args, **kwargs)  # expect: tls


apply(requests.get, url, verify=False)
