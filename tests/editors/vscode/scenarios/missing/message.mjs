// Without a server there is one message that says what to do, and the status bar says so too.
import assert from "node:assert/strict";

export default async function (editor) {
  const message = editor.page.locator(".notification-toast", { hasText: "was not found" });
  await message.waitFor();
  const said = await message.textContent();
  assert.match(said, /\/nowhere\/gifthorse/);
  assert.match(said, /gifthorse\.server\.command/);
  assert.equal(await editor.page.locator(".notification-toast").count(), 1);
  await editor.status().locator(".codicon-warning").waitFor();
  await message.evaluate((toast) => Promise.all(toast.getAnimations({ subtree: true }).map((one) => one.finished)));
  await editor.shoot("missing-server");
}
