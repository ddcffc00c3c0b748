/** The extension, as it is bundled, drives `newslint server`. NEWSLINT names the program. */

"use strict";

const assert = require("node:assert/strict");
const { mkdtempSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { afterEach, beforeEach, test } = require("node:test");

const vscode = require("vscode");
const extension = require("../dist/extension.js");

const { host } = vscode;
const RECORD = "---\ntitle: 'A 😀 headline of Alphabetâ€™s cloud'\nurl: https://example.org/a\n---\n";
const WRONG = RECORD.indexOf("â€™") - RECORD.indexOf("title");
const LIMIT = { timeout: 120_000 };

let folder;
let context;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "newslint-"));
  writeFileSync(join(folder, "newslint.toml"), 'select = ["mojibake"]\n');
  context = { subscriptions: [] };
  vscode.workspace.workspaceFolders = [{ uri: vscode.Uri.file(folder), name: "news", index: 0 }];
  vscode.workspace.settings = { path: process.env.NEWSLINT, arguments: ["--no-cache"] };
  vscode.workspace.isTrusted = true;
  host.errors.length = 0;
});

afterEach(async () => {
  await extension.deactivate();
  for (const each of context.subscriptions) {
    each.dispose();
  }
  vscode.workspace.textDocuments.length = 0;
  vscode.window.visibleTextEditors.length = 0;
  rmSync(folder, { recursive: true });
});

/** Open a document, as the editor does when the user opens a file. */
function open(name, text) {
  const path = join(folder, name);
  writeFileSync(path, text);
  const document = new vscode.TextDocument(path, "markdown", text);
  vscode.workspace.textDocuments.push(document);
  vscode.window.visibleTextEditors.push({ document });
  return document;
}

/** Wait until the diagnostics of a document are as expected. */
async function diagnosed(document, isExpected) {
  for (;;) {
    const found = host.collections.flatMap((each) => each.get(document.uri));
    if (isExpected(found)) {
      return found;
    }
    await new Promise((resolve) => {
      const subscription = host.diagnosticsChanged.event(() => {
        subscription.dispose();
        resolve();
      });
    });
  }
}

/** Replace the text of a document, as the editor does when the user types. */
async function type(document, text) {
  const whole = new vscode.Range(0, 0, document.text.split("\n").length - 1, 0);
  const change = { range: whole, rangeLength: document.text.length, rangeOffset: 0, text };
  Object.assign(document, { text, version: document.version + 1 });
  await host.emitter("onDidChangeTextDocument").fire({ document, contentChanges: [change], reason: undefined });
}

test("diagnostics follow what is typed", LIMIT, async () => {
  const document = open("a.md", RECORD);
  await extension.activate(context);
  assert.deepEqual(host.errors, []);
  const [found] = await diagnosed(document, (each) => each.length === 1);
  assert.equal(found.source, "newslint");
  assert.deepEqual(found.range.start, new vscode.Position(1, WRONG));
  await type(document, RECORD.replace("â€™", "’"));
  await diagnosed(document, (each) => each.length === 0);
  await type(document, RECORD);
  await diagnosed(document, (each) => each.length === 1);
});

test("fixes are offered", LIMIT, async () => {
  const document = open("a.md", RECORD);
  await extension.activate(context);
  const found = await diagnosed(document, (each) => each.length === 1);
  const provider = host.registered.get("registerCodeActionsProvider");
  const token = new vscode.CancellationTokenSource().token;
  const actions = await provider.provideCodeActions(document, found[0].range, { diagnostics: found, triggerKind: 1 }, token);
  assert.ok(actions.length > 0);
});

test("a lens shows all mentions", LIMIT, async () => {
  const entry = "---\ntitle: Other\nurl: https://example.org/b\nrelated:\n- title: A\n  url: https://example.org/a\n---\n";
  writeFileSync(join(folder, "b.md"), entry);
  const settings = '[[collections]]\nname = "news"\npaths = ["*.md"]\nselect = ["mojibake"]\n[collections.fields]\nurl = "url"\n';
  writeFileSync(join(folder, "newslint.toml"), settings);
  const document = open("a.md", RECORD);
  await extension.activate(context);
  await diagnosed(document, (each) => each.length === 1);
  const provider = host.registered.get("registerCodeLensProvider");
  const [lens] = await provider.provideCodeLenses(document, new vscode.CancellationTokenSource().token);
  const shown = new Promise((resolve) => {
    host.executable.set("editor.action.showReferences", (...values) => resolve(values));
  });
  await vscode.commands.executeCommand(lens.command.command, ...lens.command.arguments);
  const [, , locations] = await shown;
  assert.deepEqual(locations.map((each) => each.uri.fsPath), [join(folder, "b.md")]);
});

test("the server is started again", LIMIT, async () => {
  const document = open("a.md", RECORD);
  await extension.activate(context);
  await diagnosed(document, (each) => each.length === 1);
  await vscode.commands.executeCommand("newslint.restart");
  assert.deepEqual(host.errors, []);
  await diagnosed(document, (each) => each.length === 1);
});

test("a program that is missing is explained", LIMIT, async () => {
  vscode.workspace.settings.path = join(folder, "nothing");
  await extension.activate(context);
  assert.match(host.errors.at(-1), /set 'newslint.path'/);
});

test("nothing is started if the extension is turned off", LIMIT, async () => {
  vscode.workspace.settings = { enable: false, path: join(folder, "nothing") };
  await extension.activate(context);
  assert.deepEqual(host.errors, []);
});
