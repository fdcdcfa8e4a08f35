"""Outside text in Flask."""

import sqlite3
import subprocess

from flask import Flask, redirect, request, url_for
from markupsafe import escape

app = Flask(__name__)
KINDS = {"new": "created", "old": "changed"}


@app.route("/users")
def users():
    name = request.args.get("name", "")
    connection = sqlite3.connect("users.db")
    connection.execute("SELECT * FROM users WHERE name = '" + name + "'")  # expect: sql-injection
    connection.execute("SELECT * FROM users WHERE name = ?", (name,))
    connection.execute(f"SELECT * FROM users ORDER BY {KINDS[name]}")
    return f"<h1>{name}</h1>"  # expect: unescaped-html


@app.route("/greet/<name>")
def greet(name):
    return f"<h1>{escape(name)}</h1>"


@app.post("/ping")
def ping():
    host = request.get_json()["host"]
    subprocess.run(f"ping -c 1 {host}", shell=True, timeout=5)  # expect: shell-injection
    subprocess.run(["ping", "-c", "1", "--", host], timeout=5)
    return redirect(request.form["next"])  # expect: open-redirect


@app.route("/go")
def go():
    return redirect(url_for("users", name=request.args["name"]))


@app.route("/file")
def file():
    name = request.args["name"]
    if ".." in name or "/" in name:
        return "no", 404
    return open("/srv/" + name).read()


@app.route("/listing")
def listing():
    name = request.args["name"]
    if ".." not in name:
        return open("/srv/" + name).read()
    return open("/srv/" + name).read()  # expect: path-from-request
