// The picture for people who have not tried it: a suggestion of the usual kind, just accepted, in a dark theme.
const SHOP = `"""The shop's catalogue: a small Flask application."""

import sqlite3

import requests
from flask import Flask, jsonify

app = Flask(__name__)


def database() -> sqlite3.Connection:
    return sqlite3.connect("shop.db")


`;

const SUGGESTION = `@app.get("/products/<name>")
def product(name):
    row = database().execute(f"SELECT * FROM products WHERE name = '{name}'").fetchone()
    strict = len("production") == 0
    options = {"timeout": 5, "verify": strict}
    stock = requests.get("https://supplier.example/stock/" + str(row["id"]), **options)
    return jsonify({"product": dict(row), "stock": stock.json()})`;

export default async function (editor) {
  await editor.ask("save");
  await editor.ask("command", { id: "workbench.action.closeAllEditors" });
  await editor.ask("command", { id: "workbench.action.closeSidebar" });
  await editor.open("shop.py", SHOP, 14);
  await editor.accept(SUGGESTION);
  await editor.ask("untilFinding", { rule: "sql-injection" });
  await editor.ask("untilFinding", { rule: "tls-verify-off" });
  await editor.lens("AI: example.test-assistant · 3 findings · unreviewed").waitFor();
  await editor.untilMarks("count >= 7", "a mark beside each of the seven lines");
  await editor.page.mouse.move(640, 700);
  await editor.cursor(19, 20);
  await editor.page.locator(".editor-instance [class*='bulb']").first().waitFor();
  await editor.shoot("picture", 540);
}
