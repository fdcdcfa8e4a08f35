// A change that another program made on disk is reported as that and as nothing else.
import assert from "node:assert/strict";
import fs from "node:fs";
import { kindsSoFar } from "../../barrier.mjs";

export default async function (editor) {
  await editor.open("disk.py", "first = 1\n\n\nlast = 2\n", 0);
  fs.writeFileSync(editor.file, "first = 1\n\nby_an_agent = eval(input())\n\nlast = 2\n");
  await editor.ask("untilText", { text: "by_an_agent" });
  const [report] = await editor.log.insertions(editor.uri);
  assert.equal(report.origin.kind, "disk");
  assert.equal(report.evidence, "inferred");
  assert.deepEqual(await kindsSoFar(editor), ["disk"]);
}
