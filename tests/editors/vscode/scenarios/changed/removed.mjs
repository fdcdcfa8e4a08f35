// A guard that an assistant took away is shown with the old line, and the light bulb puts it back as it was.
import assert from "node:assert/strict";
import { bulb, done, rewritten } from "../../edits.mjs";

const BEFORE = `from flask import Flask, abort, g

from shop.orders import find

app = Flask(__name__)


@app.post("/orders/<int:number>/cancel")
def cancel(number):
    order = find(number)
    if order.owner != g.user:
        abort(403)
    order.cancel()
    return "", 204
`;

export default async function (editor) {
  await rewritten(editor, "orders.py", BEFORE, [10, 13], "    order.refund()\n    order.cancel()");
  const gone = await editor.ask("untilFinding", { rule: "control-removed" });
  assert.match(gone.message, /cancel\(\) no longer has its check of who may do this: order\.owner != g\.user \(line 11 before\)/);
  assert.equal(gone.severity, 0, "an error");
  assert.equal(gone.line, 10);
  assert.deepEqual(gone.related, [{ line: 10, message: "stood here before: if order.owner != g.user: abort(403)" }]);
  await editor.lens("AI: unknown assistant · 1 finding").waitFor();
  const fix = await bulb(editor, 10, 6, "Put its check of who may do this back");
  await editor.shoot("control-removed", 620);
  await fix.click();
  await editor.ask("untilNoFinding", { rule: "control-removed" });
  assert.equal(await editor.ask("text"), BEFORE.replace("    order.cancel()", "    order.refund()\n    order.cancel()"));
  await done(editor);
}
