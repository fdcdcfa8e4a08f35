"""Queries are built from a closed list of columns; values are always parameters."""
import sqlite3

COLUMNS = ("id", "name", "email")


def connect(path):
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    return connection


def insert(connection, **values):
    unknown = values.keys() - set(COLUMNS)
    if unknown:
        raise ValueError(sorted(unknown))
    connection.execute("INSERT INTO users (name, email) VALUES (?, ?)", [values["name"], values["email"]])


def find(connection, name):
    run = getattr(connection, "execute")
    return run("SELECT id, name FROM users WHERE name = ?", (name,)).fetchall()
