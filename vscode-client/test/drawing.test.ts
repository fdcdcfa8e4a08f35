import assert from "node:assert/strict";
import { test } from "node:test";
import { PATTERNS, drawing } from "../src/drawing";
import type { Evidence, Standing } from "../src/protocol";

const STANDINGS: Standing[] = ["unreviewed", "approved", "disputed", "reopened"];
const EVIDENCE: Evidence[] = ["reported", "copied", "inferred"];
const FIRM: Evidence[] = ["reported", "hooked", "recorded", "declared"];

/** What is left of a drawing for someone who sees no colours. */
const colourless = (svg: string): string => svg.replace(/#[0-9a-f]{6}/g, "").replace(/ opacity="[\d.]+"/, "");

test("every standing has a shape of its own, without its colour too", () => {
  assert.equal(new Set(STANDINGS.map((one) => colourless(drawing(one, "reported", "head", "dark")))).size, STANDINGS.length);
});

test("every strength of evidence has a line of its own, without its colour too", () => {
  assert.equal(new Set(EVIDENCE.map((one) => colourless(drawing("unreviewed", one, "body", "light")))).size, EVIDENCE.length);
});

test("a Region of one line shows its evidence too", () => {
  assert.equal(new Set(EVIDENCE.map((one) => colourless(drawing("approved", one, "head", "light")))).size, EVIDENCE.length);
});

test("all firm evidence is solid, what is only possible is dotted", () => {
  assert.deepEqual(FIRM.map((one) => PATTERNS[one]), FIRM.map(() => "solid"));
  assert.equal(PATTERNS.inferred, "dotted");
});

test("each drawing is whole: every placeholder was replaced", () => {
  for (const standing of STANDINGS) assert.doesNotMatch(drawing(standing, "copied", "head", "light"), /"C"|undefined/);
});
