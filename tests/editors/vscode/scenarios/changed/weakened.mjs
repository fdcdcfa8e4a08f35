// A limit that an assistant made a thousand times larger, and a pattern that fits in the middle of anything now.
import assert from "node:assert/strict";
import { bulb, done, rewritten } from "../../edits.mjs";

const BEFORE = `const rateLimit = require("express-rate-limit");

const USERNAME = /^[a-z][a-z0-9_]{2,31}$/;

exports.login = rateLimit({ windowMs: 60_000, max: 5 });
exports.valid = (name) => USERNAME.test(name);
`;

export default async function (editor) {
  await rewritten(editor, "limits.js", BEFORE, [4, 5], "exports.login = rateLimit({ windowMs: 60_000, max: 5000 });");
  const weaker = await editor.ask("untilFinding", { rule: "control-weakened" });
  assert.match(weaker.message, /max: 5 before, now max: 5000/);
  assert.equal(weaker.line, 4);
  assert.match(weaker.related[0].message, /exports\.login = rateLimit\(\{ windowMs: 60_000, max: 5 \}\);/);
  const fix = await bulb(editor, 4, 50, "Put the stricter one back");
  await editor.shoot("control-weakened", 620);
  await fix.click();
  await editor.ask("untilNoFinding", { rule: "control-weakened" });
  assert.equal(await editor.ask("text"), BEFORE);
  await done(editor);
}
