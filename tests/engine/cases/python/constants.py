"""Computed constants, assembled strings, splats."""
import base64
import hashlib

import requests

requests.get(url, verify=not True)  # expect: tls
requests.get(url, verify=1 > 2)  # expect: tls
requests.get(url, verify=bool(0))  # expect: tls
requests.get(url, verify=len("") > 0)  # expect: tls
requests.get(url, verify=bool([]))  # expect: tls
requests.get(url, verify=None)  # expect: tls
requests.get(url, verify="x" == "y")  # expect: tls
requests.get(url, verify=hash("x") % 2 == 7)  # expect: tls
requests.get(url, verify=all([True, False]))  # expect: tls
requests.get(url, verify=True if 0 else False)  # expect: tls
requests.get(url, verify=(lambda: False)())  # expect: tls
requests.get(url, verify={"a": False}["a"])  # expect: tls
requests.get(url, verify={"a": False}.get("a"))  # expect: tls
requests.get(url, verify=0 and 1)  # expect: tls
requests.get(url, verify=True)
requests.get(url, verify=1 == 1)
requests.get(url, verify="/etc/ca.pem")
requests.get(url, verify=settings.verify)

options = {"timeout": 3}
options["verify"] = False
requests.get(url, **options)  # expect: tls
requests.get(url, **{"verify": False})  # expect: tls
requests.get(url, **dict(verify=False))  # expect: tls
more = {**options, "a": 1}
requests.get(url, **more)  # expect: tls
late = {}
late.update(verify=False)
requests.get(url, **late)  # expect: tls
merged = {"a": 1} | {"verify": False}
requests.get(url, **merged)  # expect: tls

hashlib.new("md5")  # expect: hash
hashlib.new("m" + "d" + "5")  # expect: hash
hashlib.new("".join(["m", "d", "5"]))  # expect: hash
hashlib.new("5dm"[::-1])  # expect: hash
hashlib.new("MD5".lower())  # expect: hash
hashlib.new(f"m{'d'}5")  # expect: hash
hashlib.new("m%s5" % "d")  # expect: hash
hashlib.new("{}d5".format("m"))  # expect: hash
hashlib.new("".join(chr(c) for c in [109, 100, 53]))  # expect: hash
hashlib.new("".join(map(chr, [109, 100, 53])))  # expect: hash
hashlib.new(chr(109) + "d5")  # expect: hash
hashlib.new(base64.b64decode("bWQ1").decode())  # expect: hash
hashlib.new(bytes.fromhex("6d6435").decode())  # expect: hash
hashlib.new("".join(reversed("5dm")))  # expect: hash
hashlib.new("xmd5x".strip("x"))  # expect: hash
hashlib.new("sha256")


def default(check=False):
    requests.get(url, verify=check)  # expect: tls


def wrapped(check):
    return requests.get(url, verify=check)  # expect: tls


wrapped(False)


def choose(flag):
    value = True
    if flag:
        value = False
    requests.get(url, verify=value)  # expect: tls


def guarded(flag):
    if not flag:
        return None
    value = True
    return requests.get(url, verify=value)


def dead():
    value = False
    if 1:
        value = True
    requests.get(url, verify=value)


def queries(db, name, table="t"):
    db.execute("select " + name)  # expect: sql
    db.execute(f"select {name}")  # expect: sql
    db.execute("select %s" % name)  # expect: sql
    db.execute("select {}".format(name))  # expect: sql
    text = "select "
    text += name
    db.execute(text)  # expect: sql
    db.execute("select " + "1")
    db.execute("select ?", (name,))
    db.execute(name)
