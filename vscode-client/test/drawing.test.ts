import assert from "node:assert/strict";
import { test } from "node:test";
import { drawing } from "../src/drawing";
import type { Evidence, Standing } from "../src/protocol";

const STANDINGS: Standing[] = ["unreviewed", "approved", "disputed", "reopened"];
const EVIDENCE: Evidence[] = ["reported", "declared", "inferred"];

/** What is left of a drawing for someone who sees no colours. */
const colourless = (svg: string): string => svg.replace(/#[0-9a-f]{6}/g, "").replace(/ opacity="[\d.]+"/, "");

test("every standing has a shape of its own, without its colour too", () => {
  assert.equal(new Set(STANDINGS.map((one) => colourless(drawing(one, "reported", "head", "dark")))).size, STANDINGS.length);
});

test("every strength of evidence has a line of its own, without its colour too", () => {
  assert.equal(new Set(EVIDENCE.map((one) => colourless(drawing("unreviewed", one, "body", "light")))).size, EVIDENCE.length);
});

test("each drawing is whole: every placeholder was replaced", () => {
  for (const standing of STANDINGS) assert.doesNotMatch(drawing(standing, "reported", "head", "light"), /"C"/);
});
