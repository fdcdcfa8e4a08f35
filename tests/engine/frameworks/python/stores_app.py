"""Outside text in graph queries, directories, expressions, records, programs and prompts."""

import subprocess

import sympy
from flask import Flask, request
from ldap3 import Connection
from ldap3.utils.conv import escape_filter_chars
from lxml import etree
from neo4j import GraphDatabase
from openai import OpenAI

app = Flask(__name__)
client = OpenAI()


@app.get("/graph")
def graph():
    with GraphDatabase.driver("neo4j://db").session() as session:
        session.run("MATCH (u:User {name: $name}) RETURN u", name=request.args["name"])
        return list(session.run(f"MATCH (u:User {{name: '{request.args['name']}'}}) RETURN u"))  # expect: nosql-injection


@app.get("/person")
def person():
    uid = request.args["uid"]
    found = Connection("ldaps://dir", auto_bind=True)
    found.search("o=a", f"(uid={escape_filter_chars(uid)})")
    found.search("o=a", f"(uid={uid})")  # expect: ldap-injection
    return found.entries


@app.get("/total")
def total():
    return {"total": int(sympy.sympify(request.args["formula"]))}  # expect: dynamic-code


@app.get("/entry")
def entry():
    tree = etree.parse("entries.xml")
    tree.xpath("//entry[@name=$name]", name=request.args["name"])
    return len(tree.xpath(f"//entry[@name='{request.args['name']}']"))  # expect: xpath-injection


@app.post("/user")
def change(user):
    for name, value in request.json.items():
        setattr(user, name, value)  # expect: mass-assignment
    user.name = request.json["name"]
    return "", 204


@app.post("/mirror")
def mirror():
    subprocess.run(["git", "clone", "--", request.form["url"]], check=True, timeout=60)
    subprocess.run(["git", "clone", request.form["url"]], check=True, timeout=60)  # expect: argument-injection
    return "", 204


@app.post("/ask")
def ask():
    rules = "You answer for " + request.json["shop"]
    reply = client.chat.completions.create(  # expect: prompt-from-outside
        model="m", timeout=30, messages=[{"role": "system", "content": rules}, {"role": "user", "content": "Hello"}]
    )
    return {"answer": reply.choices[0].message.content}
