"""Assignments to fields and module settings, context words, raw queries."""
import random

import flask

app = flask.Flask("a")
app.debug = True  # expect: debug
app.debug = False
setattr(app, "debug", 1)  # expect: debug
DEBUG = not False  # expect: debug
token = random.random()  # expect: token
jitter = random.random()
make(token=str(random.random()))  # expect: token


def new_token():
    return random.random()  # expect: token


if given == secret:  # expect: compare
    pass
