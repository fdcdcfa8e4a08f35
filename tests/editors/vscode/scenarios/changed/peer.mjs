// A route without the check that all of its siblings have; the light bulb copies it.
import assert from "node:assert/strict";
import { added, bulb, done } from "../../edits.mjs";

const BEFORE = `from flask import Blueprint, request

from shop.auth import login_required
from shop.store import products

api = Blueprint("products", __name__)


@api.get("/products")
@login_required
def listing():
    return products.all()


@api.post("/products")
@login_required
def create():
    return products.add(request.json), 201


@api.put("/products/<int:number>")
@login_required
def update(number):
    return products.change(number, request.json)


`;
const ADDED = `@api.delete("/products/<int:number>")
def remove(number):
    products.remove(number)
    return "", 204`;

export default async function (editor) {
  await added(editor, "products.py", BEFORE, 26, ADDED);
  const alone = await editor.ask("untilFinding", { rule: "peer-deviation" });
  assert.match(alone.message, /3 of 3 siblings .* have a check of who may do this, this one has none: @login_required/);
  const fix = await bulb(editor, alone.line, 4, "Copy the sibling's check of who may do this");
  await editor.shoot("peer-deviation", 700);
  await fix.click();
  await editor.ask("untilNoFinding", { rule: "peer-deviation" });
  assert.equal(await editor.ask("text"), BEFORE + ADDED.replace("def remove", "@login_required\ndef remove"));
  await done(editor);
}
