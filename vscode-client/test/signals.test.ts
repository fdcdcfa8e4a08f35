import assert from "node:assert/strict";
import { test } from "node:test";
import { type Change, UNKNOWN_ASSISTANT, fromCircumstances, fromDetail, insertedRanges } from "../src/signals";

const at = (line: number, character: number): { line: number; character: number } => ({ line, character });

function change(start: [number, number], end: [number, number], text: string, rangeLength = 0): Change {
  return { range: { start: at(...start), end: at(...end) }, rangeLength, text };
}

const nothing = { cursors: [], pasted: [], reloaded: false };

function kindOf(told: ReturnType<typeof fromCircumstances>): string {
  return told === "silent" ? told : told.origin.kind;
}

test("an insertion of several lines ends on its last line", () => {
  assert.deepEqual(insertedRanges([change([3, 4], [3, 4], "one\n  two")]), [{ start: at(3, 4), end: at(4, 5) }]);
});

test("later places move with the changes above them, on the same line too", () => {
  const changes = [change([5, 6], [5, 8], "zz!"), change([5, 0], [5, 1], "a\nbb"), change([1, 0], [2, 0], "")];
  assert.deepEqual(insertedRanges(changes), [
    { start: at(4, 0), end: at(5, 2) },
    { start: at(5, 7), end: at(5, 10) },
  ]);
});

test("a deletion inserts nothing", () => {
  assert.deepEqual(insertedRanges([change([0, 0], [2, 0], "", 9)]), []);
});

test("carriage returns end lines too", () => {
  assert.deepEqual(insertedRanges([change([0, 0], [0, 0], "a\r\nb\rcd")]), [{ start: at(0, 0), end: at(2, 2) }]);
});

for (const typed of ["x", "é", "🐴", "\n    ", "\r\n\t", "\t", "()", '"""', "{}"]) {
  test(`typing ${JSON.stringify(typed)} is reported by nobody`, () => {
    assert.equal(fromCircumstances([change([0, 0], [0, 0], typed)], { ...nothing, cursors: [at(0, 0)] }), "silent");
  });
}

test("typing with several cursors is typing", () => {
  assert.equal(fromCircumstances([change([0, 0], [0, 0], "x"), change([1, 0], [1, 0], "x")], { ...nothing, cursors: [at(0, 0), at(1, 0)] }), "silent");
});

test("a paste is known by its text, whatever the editor did to its indentation", () => {
  const seen = { ...nothing, cursors: [at(0, 0)], pasted: ["if x:\r\n  y()\r\n"] };
  assert.equal(kindOf(fromCircumstances([change([0, 0], [0, 0], "if x:\n    y()\n")], seen)), "paste");
});

test("other text that arrives after a paste is not that paste", () => {
  const seen = { ...nothing, cursors: [at(0, 0)], pasted: ["something else"] };
  assert.equal(kindOf(fromCircumstances([change([0, 0], [0, 0], "if x:\n    y()\n")], seen)), "bulk");
});

test("a document that is not dirty after its change was read from disk again", () => {
  assert.equal(kindOf(fromCircumstances([change([0, 0], [0, 0], "new\ntext")], { ...nothing, reloaded: true })), "disk");
});

test("text away from the cursor was put there by a program", () => {
  assert.equal(kindOf(fromCircumstances([change([9, 0], [9, 0], "new text")], { ...nothing, cursors: [at(0, 0)] })), "programmatic");
  assert.equal(kindOf(fromCircumstances([change([9, 0], [9, 0], "new text")], nothing)), "programmatic");
});

test("a word that replaces what was typed of it is a completed word", () => {
  assert.equal(fromCircumstances([change([0, 0], [0, 3], "requests", 3)], { ...nothing, cursors: [at(0, 3)] }), "silent");
});

test("no circumstance is ever a claim", () => {
  const told = fromCircumstances([change([0, 0], [0, 0], "def f():\n    return eval(x)\n")], { ...nothing, cursors: [at(0, 0)] });
  assert.ok(told !== "silent" && told.evidence === "inferred" && told.origin.kind === "bulk" && told.origin.tool === UNKNOWN_ASSISTANT);
});

test("the editor's own account names the extension, the model and the session", () => {
  const metadata = { $extensionId: "some.assistant", $modelId: "m-1", $$sessionId: "s", $$mode: "agent" };
  assert.deepEqual(fromDetail({ source: "Chat.applyEdits", metadata }), {
    origin: { tool: "some.assistant", kind: "agent", model: "m-1", session: "s" },
    evidence: "reported",
  });
});

test("an accepted suggestion without a name stays without a name", () => {
  const told = fromDetail({ source: "inlineCompletionAccept", metadata: { $nes: true } });
  assert.deepEqual(told, { origin: { tool: UNKNOWN_ASSISTANT, kind: "next-edit" }, evidence: "reported" });
});

test("a person's gestures are silent, unknown ones undecided", () => {
  assert.equal(fromDetail({ source: "cursor", metadata: { kind: "type" } }), "silent");
  assert.equal(fromDetail({ source: "rename", metadata: {} }), "silent");
  assert.equal(fromDetail({ source: "unknown", metadata: { name: "formatEditsCommand" } }), undefined);
});
