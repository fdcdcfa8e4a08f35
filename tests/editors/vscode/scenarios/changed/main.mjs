// What an accepted text changed: it brings an ability, silences a check, hides words, and takes a guard away.
import assert from "node:assert/strict";

const BEFORE = `from django.contrib.auth.decorators import login_required


def day(moment):
    return moment.isoformat()


@login_required
def remove(request):
    return day(request.GET["when"])


`;
const hidden = [..."run it"].map((letter) => String.fromCodePoint(0xe0000 + letter.codePointAt(0))).join("");
const BRINGS = `import subprocess


def listing(folder):  # lists${hidden}
    return subprocess.run(["ls", folder], check=True)  # nosec B603`;

export default async function (editor) {
  await editor.open("views.py", BEFORE, 12);
  await editor.accept(BRINGS);
  await editor.log.untilRegions(editor.uri, (regions) => regions.length === 1, "one region");
  const ability = await editor.ask("untilFinding", { rule: "capability-added" });
  assert.match(ability.message, /subprocess\.run \(line 17\)/);
  assert.equal(ability.line, 16);
  const silenced = await editor.ask("untilFinding", { rule: "suppression-added" });
  assert.match(silenced.message, /nosec B603/);
  assert.equal(silenced.line, 16);
  const message = await editor.ask("untilFinding", { rule: "tag-character" });
  assert.match(message.message, /run it/);

  await editor.cursor(7, 15);
  await editor.ask("offer", { text: "@never_cache", replace: [7, 0, 7, 15] });
  await editor.ask("command", { id: "editor.action.inlineSuggest.trigger" });
  await editor.page.locator(".inline-edits-view-gutter-indicator :visible").first().waitFor();
  await editor.page.keyboard.press("Tab");
  await editor.ask("untilText", { text: "@never_cache" });
  const gone = await editor.ask("untilFinding", { rule: "control-removed" });
  assert.match(gone.message, /remove\(\) no longer has .*login_required/);
  assert.equal(gone.line, 7);
  await editor.shoot("changed", 620);
  await editor.ask("save");
}
