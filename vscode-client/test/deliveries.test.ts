import assert from "node:assert/strict";
import { test } from "node:test";
import { Deliveries } from "../src/deliveries";

test("what was sent is there at once", async () => {
  const deliveries = new Deliveries();
  deliveries.opened("a", 3);
  deliveries.changed("a", 4);
  assert.equal(await deliveries.after("a", 3), true);
});

test("whoever comes early waits for exactly the version", async () => {
  const deliveries = new Deliveries();
  const order: string[] = [];
  const waiting = deliveries.after("a", 5).then(() => order.push("told"));
  deliveries.changed("a", 4);
  await Promise.resolve();
  order.push("version 5 is sent");
  deliveries.changed("a", 5);
  await waiting;
  assert.deepEqual(order, ["version 5 is sent", "told"]);
});

test("documents do not wait for one another", async () => {
  const deliveries = new Deliveries();
  const waiting = deliveries.after("a", 1);
  deliveries.changed("b", 9);
  deliveries.forget("a");
  assert.equal(await waiting, false);
});

test("a version from before the server knew the document never comes", async () => {
  const deliveries = new Deliveries();
  const early = deliveries.after("a", 2);
  const same = deliveries.after("a", 5);
  deliveries.opened("a", 5);
  deliveries.changed("a", 6);
  assert.deepEqual([await early, await same, await deliveries.after("a", 4)], [false, true, false]);
});

test("a server that was started again knows nothing of the versions before", async () => {
  const deliveries = new Deliveries();
  deliveries.opened("a", 1);
  deliveries.changed("a", 9);
  deliveries.opened("a", 9);
  assert.equal(await deliveries.after("a", 8), false);
});

test("a document that was closed starts anew", async () => {
  const deliveries = new Deliveries();
  deliveries.changed("a", 9);
  deliveries.forget("a");
  const waiting = deliveries.after("a", 1);
  deliveries.changed("a", 1);
  assert.equal(await waiting, true);
});
