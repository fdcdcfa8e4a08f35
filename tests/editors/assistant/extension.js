// A pretended assistant: it suggests what the test gave it. It also answers the test's questions about the editor, over
// loopback: the port is written to the file that GIFTHORSE_TEST_CONTROL names.
"use strict";
const fs = require("node:fs");
const http = require("node:http");
const vscode = require("vscode");

let offer; // { text, replace?: [line, character, line, character] } until it is taken back

const provider = {
  provideInlineCompletionItems(_document, position) {
    if (offer === undefined) return [];
    const range = offer.replace ? new vscode.Range(...offer.replace) : new vscode.Range(position, position);
    const item = new vscode.InlineCompletionItem(offer.text, range);
    if (offer.replace) Object.assign(item, { isInlineEdit: true, showRange: range });
    return [item];
  },
};

const completions = {
  provideCompletionItems() {
    const plain = new vscode.CompletionItem("zz_plain");
    plain.insertText = "zz_plain_completion(first, second)";
    const snippet = new vscode.CompletionItem("zz_snippet");
    snippet.insertText = new vscode.SnippetString("for ${1:each} in range(${2:10}):\n\t${0:pass}");
    return [plain, snippet];
  },
};

const editor = () => vscode.window.activeTextEditor;
const document = () => editor().document;

/** Resolves when `check` is true, looked at again after everything that happens in the editor. */
function until(what, check, seconds = 20) {
  const events = [
    vscode.workspace.onDidChangeTextDocument, vscode.workspace.onDidSaveTextDocument, vscode.languages.onDidChangeDiagnostics,
    vscode.window.onDidChangeActiveTextEditor, vscode.window.onDidChangeTextEditorSelection,
  ];
  return new Promise((resolve, reject) => {
    const listeners = [];
    const end = (finish, value) => { clearTimeout(timer); listeners.forEach((one) => one.dispose()); finish(value); };
    const timer = setTimeout(() => end(reject, new Error(`waited ${seconds} s in vain for ${what()}`)), seconds * 1000);
    const look = () => { const found = check(); if (found) end(resolve, found); };
    events.forEach((event) => listeners.push(event(look)));
    look();
  });
}

const ours = () => vscode.languages.getDiagnostics(document().uri).filter((one) => one.source === "gifthorse");
const told = ({ severity, range, message, relatedInformation = [] }) => ({
  severity, message, line: range.start.line, related: relatedInformation.map((one) => ({ line: one.location.range.start.line, message: one.message })),
});
const codeOf = (diagnostic) => (typeof diagnostic.code === "object" ? diagnostic.code.value : diagnostic.code);

const actions = {
  offer: ({ text, replace }) => { offer = text === undefined ? undefined : { text, replace }; },
  open: async ({ file, line = 0, character = 0 }) => {
    const at = new vscode.Position(line, character);
    await vscode.window.showTextDocument(vscode.Uri.file(file), { preview: false, selection: new vscode.Range(at, at) });
  },
  openNotebook: async ({ file }) => {
    await vscode.window.showNotebookDocument(await vscode.workspace.openNotebookDocument(vscode.Uri.file(file)));
  },
  editCell: async ({ index }) => {
    const shown = vscode.window.activeNotebookEditor;
    const cell = shown.notebook.cellAt(index).document;
    shown.selection = new vscode.NotebookRange(index, index + 1);
    await vscode.commands.executeCommand("notebook.cell.edit");
    await until(() => `cell ${index} to be edited`, () => editor()?.document === cell);
    const end = cell.lineAt(cell.lineCount - 1).range.end;
    editor().selection = new vscode.Selection(end, end);
    return cell.uri.toString();
  },
  theme: ({ name }) => vscode.workspace.getConfiguration().update("workbench.colorTheme", name, vscode.ConfigurationTarget.Global),
  openUntitled: async ({ language }) => {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language, content: "" }));
  },
  cursor: ({ line, character, toLine = line, toCharacter = character }) => {
    editor().selection = new vscode.Selection(line, character, toLine, toCharacter);
    editor().revealRange(editor().selection);
  },
  text: () => document().getText(),
  uri: () => document().uri.toString(),
  isDirty: () => document().isDirty,
  save: () => document().save(),
  command: ({ id, args = [] }) => vscode.commands.executeCommand(id, ...args),
  commands: () => vscode.commands.getCommands(true),
  insert: async ({ line, text }) => {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document().uri, new vscode.Position(line, 0), text);
    if (!(await vscode.workspace.applyEdit(edit))) throw new Error("the text changed meanwhile, nothing was inserted");
  },
  untilText: ({ text, absent }) => until(
    () => `the text ${JSON.stringify(text ?? absent)}; it is ${JSON.stringify(document().getText())}`,
    () => (text !== undefined ? document().getText().includes(text) : !document().getText().includes(absent)),
  ),
  untilSaved: () => until(() => "the file to be saved", () => !document().isDirty),
  untilFinding: ({ rule }) => until(
    () => `a finding of ${rule}; there are: ${ours().map(codeOf).join(", ") || "none"}`,
    () => ours().filter((one) => codeOf(one) === rule).map(told)[0],
  ),
  untilNoFinding: ({ rule }) => until(() => `the end of ${rule}`, () => ours().every((one) => codeOf(one) !== rule)),
  untilActive: ({ file }) => until(() => `${file} to be the active editor`, () => editor()?.document.fileName.endsWith(file)),
  selection: () => ({ line: editor().selection.active.line, character: editor().selection.active.character }),
  isTrusted: () => vscode.workspace.isTrusted,
  hover: async ({ line, character }) => {
    const hovers = await vscode.commands.executeCommand("vscode.executeHoverProvider", document().uri, new vscode.Position(line, character));
    return hovers.flatMap((hover) => hover.contents.map((content) => content.value ?? content)).join("\n");
  },
};

exports.activate = (context) => {
  const everywhere = [{ scheme: "file" }, { scheme: "untitled" }, { scheme: "vscode-notebook-cell" }];
  const server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => { body += chunk; });
    request.on("end", async () => {
      try {
        const { action, ...rest } = JSON.parse(body);
        response.end(JSON.stringify({ value: (await actions[action](rest)) ?? null }));
      } catch (error) {
        response.end(JSON.stringify({ error: String(error instanceof Error ? error.message : error) }));
      }
    });
  });
  server.listen(0, "127.0.0.1", () => {
    const file = process.env.GIFTHORSE_TEST_CONTROL;
    fs.writeFileSync(`${file}.new`, String(server.address().port));
    fs.renameSync(`${file}.new`, file);
  });
  context.subscriptions.push(
    vscode.languages.registerInlineCompletionItemProvider(everywhere, provider),
    vscode.languages.registerCompletionItemProvider(everywhere, completions),
    { dispose: () => server.close() },
  );
};
