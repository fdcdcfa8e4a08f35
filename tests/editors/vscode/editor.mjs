// A real VS Code in a real browser, as a person would use it. It waits for what happens and never for time to pass.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import net from "node:net";
import path from "node:path";
import { Log } from "./log.mjs";

const SETTINGS = {
  "telemetry.telemetryLevel": "off",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.reduceMotion": "on",
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "extensions.ignoreRecommendations": true,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "update.mode": "none",
  "chat.disableAIFeatures": true,
  "git.enabled": false,
  "files.autoSave": "off",
  "editor.wordBasedSuggestions": "off",
  "editor.quickSuggestions": { other: "off", comments: "off", strings: "off" },
  "editor.minimap.enabled": false,
  "editor.hover.delay": 100,
};

const BROWSER = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

/** Whether `check` becomes true, looked at again whenever something in the folder changes. */
export function untilFile(folder, check, what, seconds = 60) {
  return new Promise((resolve, reject) => {
    const watcher = fs.watch(folder, () => look());
    const timer = setTimeout(() => end(reject, new Error(`waited ${seconds} s in vain for ${what}`)), seconds * 1000);
    const end = (finish, value) => { clearTimeout(timer); watcher.close(); finish(value); };
    const look = () => { const found = check(); if (found) end(resolve, found); };
    look();
  });
}

export class Editor {
  /** Start VS Code with these extensions on this workspace, and open it in a browser. */
  static async start(plan) {
    const editor = new Editor();
    Object.assign(editor, { plan, workspace: plan.workspace, log: new Log(plan.log) });
    const user = path.join(plan.state, "data", "User");
    fs.mkdirSync(user, { recursive: true });
    fs.mkdirSync(path.join(plan.state, "home"), { recursive: true });
    fs.mkdirSync(path.join(plan.state, "data", "Machine"), { recursive: true });
    fs.writeFileSync(path.join(user, "settings.json"), JSON.stringify({ ...SETTINGS, ...plan.settings }, null, 2));
    fs.writeFileSync(path.join(plan.state, "data", "Machine", "settings.json"), JSON.stringify(plan.machine, null, 2));
    fs.writeFileSync(path.join(plan.state, "config.yaml"), "auth: none\n");
    editor.install();
    await editor.serve();
    await editor.browse();
    return editor;
  }

  get common() {
    const { entry, state } = this.plan;
    return [entry, "--config", `${state}/config.yaml`, "--user-data-dir", `${state}/data`, "--extensions-dir", `${state}/extensions`];
  }

  get environment() {
    return { ...process.env, ...this.plan.environment, HOME: `${this.plan.state}/home`, GIFTHORSE_TEST_CONTROL: `${this.plan.state}/control` };
  }

  install() {
    const wanted = this.plan.extensions.flatMap((vsix) => ["--install-extension", vsix]);
    const done = spawnSync(this.plan.node, [...this.common, ...wanted], { env: this.environment, encoding: "utf8" });
    if (done.status !== 0) throw new Error(`the extensions could not be installed: ${done.stdout}${done.stderr}`);
  }

  async serve() {
    const port = await freePort();
    this.address = `http://127.0.0.1:${port}`;
    const out = fs.openSync(`${this.plan.state}/server.log`, "w");
    const quiet = ["--auth", "none", "--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"];
    const args = [...this.common, "--bind-addr", `127.0.0.1:${port}`, ...quiet, ...this.plan.arguments];
    this.server = spawn(this.plan.node, args, { env: this.environment, stdio: ["ignore", out, out] });
    await listening(port, this.server);
  }

  async browse() {
    const { chromium } = createRequire(path.join(this.plan.playwright, "package.json"))("playwright-core");
    this.browser = await chromium.launch({ executablePath: this.plan.chromium, headless: true, args: BROWSER });
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 800 }, permissions: ["clipboard-read", "clipboard-write"], deviceScaleFactor: 1.5 });
    this.page = await context.newPage();
    this.page.setDefaultTimeout(20000);
    await this.page.goto(`${this.address}/?folder=${encodeURIComponent(this.workspace)}`);
    await this.page.waitForSelector(".monaco-workbench .part.statusbar", { timeout: 60000 });
    const control = `${this.plan.state}/control`;
    this.port = await untilFile(this.plan.state, () => fs.existsSync(control) && fs.readFileSync(control, "utf8"), "the test assistant");
    await this.status().locator(".codicon-eye, .codicon-warning").waitFor({ timeout: 60000 }); // the server is there, or is known to be missing
  }

  async stop() {
    await this.browser?.close();
    if (this.server && this.server.exitCode === null) {
      const ended = new Promise((resolve) => this.server.once("exit", resolve));
      this.server.kill("SIGTERM");
      await ended;
    }
  }

  /** Ask the test assistant, which runs inside the editor. */
  async ask(action, rest = {}) {
    const answer = await fetch(`http://127.0.0.1:${this.port}`, { method: "POST", body: JSON.stringify({ action, ...rest }) });
    const { value, error } = await answer.json();
    if (error) throw new Error(`${action}: ${error}`);
    return value;
  }

  /** Write a file and open it with the cursor at a place (0-based); the keyboard is in its text afterwards. */
  async open(file, content, line = 0, character = 0) {
    this.file = path.join(this.workspace, file);
    fs.mkdirSync(path.dirname(this.file), { recursive: true });
    if (content !== undefined) fs.writeFileSync(this.file, content);
    await this.ask("open", { file: this.file, line, character });
    await this.ask("untilActive", { file });
    this.uri = await this.ask("uri");
    await this.page.waitForSelector(`.tab.active[data-resource-name="${path.basename(file)}"]`);
    await this.ask("command", { id: "workbench.action.focusActiveEditorGroup" });
  }

  /** Put the cursor at a place (0-based), or select from there to another; the keyboard is there afterwards. */
  async cursor(line, character, toLine = line, toCharacter = character) {
    const now = this.page.locator("[id='status.editor.selection']");
    const wanted = `Ln ${toLine + 1}, Col ${toCharacter + 1}`;
    if ((await now.textContent()).startsWith(wanted)) throw new Error(`the cursor is at ${wanted} already: nothing would tell when it has been set`);
    await this.ask("cursor", { line, character, toLine, toCharacter });
    await now.filter({ hasText: wanted }).waitFor();
  }

  /** Have the assistant offer a text at the cursor, and wait until its ghost stands in the editor. */
  async ghost(text) {
    await this.ask("offer", { text });
    await this.ask("command", { id: "editor.action.inlineSuggest.trigger" });
    await this.page.waitForSelector(":is(.editor-instance, .notebookOverlay) [class*='ghost-text']");
  }

  /** Accept what the ghost offers, with Tab. */
  async accept(text) {
    await this.ghost(text);
    await this.page.keyboard.press("Tab");
    await this.ask("untilText", { text });
    await this.ask("offer");
    await this.ask("command", { id: "editor.action.inlineSuggest.hide" });
  }

  /** Call up a command by its title, as a person does. */
  async palette(title) {
    await this.page.keyboard.press("F1");
    await this.page.waitForSelector(".quick-input-widget:not([style*='display: none']) input");
    await this.page.keyboard.type(title);
    await this.page.waitForSelector(`.quick-input-list .monaco-list-row.focused[aria-label*="${title}"]`);
    await this.page.keyboard.press("Enter");
  }

  /** Lines of the lenses that stand in the editor now. */
  lens(text) {
    return this.page.locator(".editor-instance .codelens-decoration", { hasText: text });
  }

  /** The marks that stand in the gutter. */
  marks() {
    return this.page.evaluate(() => [...document.querySelectorAll(".editor-instance .glyph-margin-widgets *")]
      .map((one) => getComputedStyle(one).backgroundImage).filter((image) => image.includes("data:image/svg+xml")).length);
  }

  async untilMarks(check, what) {
    const read = "[...document.querySelectorAll('.editor-instance .glyph-margin-widgets *')].filter((one) => getComputedStyle(one).backgroundImage.includes('data:image/svg+xml')).length";
    await this.page.waitForFunction(`((count) => ${check})(${read})`, null, { timeout: 20000 }).catch(async () => {
      throw new Error(`waited in vain for ${what}; marks now: ${await this.marks()}`);
    });
  }

  status() {
    return this.page.locator('.statusbar-item[id="gifthorse.status"], .statusbar-item[id$="gifthorse.status"]');
  }

  async untilStatus(text) {
    await this.status().filter({ hasText: text }).waitFor().catch(async () => {
      throw new Error(`waited in vain for the status "${text}"; it is "${await this.status().textContent()}"`);
    });
  }

  onDisk() {
    return fs.readFileSync(this.file, "utf8");
  }

  /** Take a picture, of the whole window or of its upper part. */
  async shoot(name, height = 800) {
    fs.mkdirSync(this.plan.artefacts, { recursive: true });
    await this.page.screenshot({ path: path.join(this.plan.artefacts, `vscode-${name}.png`), clip: { x: 0, y: 0, width: 1280, height } });
  }
}

function freePort() {
  return new Promise((resolve) => {
    const probe = net.createServer().listen(0, "127.0.0.1", () => { const { port } = probe.address(); probe.close(() => resolve(port)); });
  });
}

/** Resolves when somebody listens on the port; each refused attempt is followed by the next. */
function listening(port, server, seconds = 60) {
  const end = Date.now() + seconds * 1000;
  return new Promise((resolve, reject) => {
    const attempt = () => {
      if (server.exitCode !== null) return reject(new Error(`VS Code ended with ${server.exitCode}; see server.log`));
      if (Date.now() > end) return reject(new Error(`VS Code did not listen within ${seconds} s`));
      const socket = net.connect(port, "127.0.0.1", () => { socket.destroy(); resolve(); });
      socket.on("error", () => setTimeout(attempt, 50));
    };
    attempt();
  });
}
