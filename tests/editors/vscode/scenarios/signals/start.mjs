// The server is told at the start whether the workspace is trusted, and what this client can ask a person for.
import assert from "node:assert/strict";

export default async function (editor) {
  const initialize = await editor.log.until((log) => log.all().find(({ message }) => message.method === "initialize"), "initialize");
  assert.deepEqual(initialize.message.params.initializationOptions, { trusted: true, asksReason: true, asksComment: true });
  assert.equal(await editor.ask("isTrusted"), true);
}
