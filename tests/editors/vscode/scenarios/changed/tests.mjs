// A test that an assistant made fit the code: what it expected before is beside it, and comes back.
import assert from "node:assert/strict";
import { bulb, done, rewritten } from "../../edits.mjs";

const BEFORE = `from shop.prices import total


def test_discount_is_taken_once():
    assert total([10, 20], discount=5) == 25


def test_nothing_costs_nothing():
    assert total([]) == 0
`;

export default async function (editor) {
  await rewritten(editor, "test_prices.py", BEFORE, [4, 5], "    assert total([10, 20], discount=5) == 20");
  const weaker = await editor.ask("untilFinding", { rule: "test-weakened" });
  assert.equal(weaker.message, "test_discount_is_taken_once expects 20 where it expected 25");
  assert.match(weaker.related[0].message, /== 25$/);
  const fix = await bulb(editor, 4, 12, "Expect what was expected");
  await editor.shoot("test-weakened", 620);
  await fix.click();
  await editor.ask("untilNoFinding", { rule: "test-weakened" });
  assert.equal(await editor.ask("text"), BEFORE);
  await done(editor);
}
