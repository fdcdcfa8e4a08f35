import assert from "node:assert/strict";
import { test } from "node:test";
import { Deliveries } from "../src/deliveries";

test("what was sent is there at once", async () => {
  const deliveries = new Deliveries();
  deliveries.note("a", 4);
  assert.equal(await deliveries.after("a", 3), true);
});

test("whoever comes early waits for exactly the version", async () => {
  const deliveries = new Deliveries();
  const order: string[] = [];
  const waiting = deliveries.after("a", 5).then(() => order.push("told"));
  deliveries.note("a", 4);
  await Promise.resolve();
  order.push("version 5 is sent");
  deliveries.note("a", 5);
  await waiting;
  assert.deepEqual(order, ["version 5 is sent", "told"]);
});

test("documents do not wait for one another", async () => {
  const deliveries = new Deliveries();
  const waiting = deliveries.after("a", 1);
  deliveries.note("b", 9);
  deliveries.forget("a");
  assert.equal(await waiting, false);
});

test("a document that was closed starts anew", async () => {
  const deliveries = new Deliveries();
  deliveries.note("a", 9);
  deliveries.forget("a");
  const waiting = deliveries.after("a", 1);
  deliveries.note("a", 1);
  assert.equal(await waiting, true);
});
