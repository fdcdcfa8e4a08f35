"""The shop's catalogue: a small Flask application."""

import sqlite3

from flask import Flask, jsonify

app = Flask(__name__)


def database() -> sqlite3.Connection:
    connection = sqlite3.connect("shop.db")
    connection.row_factory = sqlite3.Row
    return connection


@app.get("/products")
def products():
    rows = database().execute("SELECT id, name, price FROM products").fetchall()
    return jsonify([dict(row) for row in rows])
