/**
 * As much of the API of Visual Studio Code as `vscode-languageclient` needs to drive a server.
 *
 * What it registers is kept in `registered`, and what it publishes in `diagnostics`. Classes that only hold
 * values are made when they are first asked for.
 */

"use strict";

const { URI } = require("vscode-uri");

class Disposable {
  static from = (...each) => new Disposable(() => each.forEach((one) => one.dispose()));

  constructor(dispose = () => {}) {
    this.dispose = dispose;
  }
}

class EventEmitter {
  #listeners = new Set();

  event = (listener, self) => {
    const bound = self === undefined ? listener : listener.bind(self);
    this.#listeners.add(bound);
    return new Disposable(() => this.#listeners.delete(bound));
  };

  fire(value) {
    return Promise.all([...this.#listeners].map((listener) => listener(value)));
  }

  dispose() {
    this.#listeners.clear();
  }
}

class Position {
  constructor(line, character) {
    Object.assign(this, { line, character });
  }
}

class Range {
  constructor(start, end, endLine, endCharacter) {
    const numbers = endLine !== undefined;
    this.start = numbers ? new Position(start, end) : start;
    this.end = numbers ? new Position(endLine, endCharacter) : end;
  }
}

class TextDocument {
  constructor(path, languageId, text) {
    Object.assign(this, { uri: URI.file(path), languageId, version: 1, isClosed: false, text });
  }

  getText = () => this.text;
}

class RelativePattern {
  constructor(base, pattern) {
    Object.assign(this, { baseUri: base.uri ?? base, pattern });
  }
}

class MarkdownString {
  constructor(value = "") {
    this.value = value;
  }

  appendMarkdown(text) {
    this.value += text;
    return this;
  }
}

class WorkspaceEdit {
  changes = [];

  set(uri, edits) {
    this.changes.push([uri.toString(), edits]);
  }
}

class CancellationTokenSource {
  token = { isCancellationRequested: false, onCancellationRequested: new EventEmitter().event };
  cancel() {}
  dispose() {}
}

class CancellationError extends Error {}

class DiagnosticCollection {
  #found = new Map();

  set(uri, found) {
    this.#found.set(uri.toString(), found ?? []);
    diagnosticsChanged.fire();
  }

  get = (uri) => this.#found.get(uri.toString()) ?? [];
  delete = (uri) => this.set(uri, []);
  clear = () => this.#found.clear();
  dispose() {}
}

/** Names that count from 0, or from `first`. */
const count = (names, first = 0) => Object.fromEntries(names.map((name, index) => [name, index + first]));

const diagnosticsChanged = new EventEmitter();
const events = new Map();
const registered = new Map();
const executable = new Map();
const errors = [];
const collections = [];

/** The event of a name, which the test fires. */
const emitter = (name) => {
  if (!events.has(name)) {
    events.set(name, new EventEmitter());
  }
  return events.get(name);
};

/** An object whose events exist when they are asked for; other names that it lacks are functions without effect. */
const open = (own) =>
  new Proxy(own, {
    get: (target, name) => {
      if (name in target || typeof name === "symbol") {
        return target[name];
      }
      return name.startsWith("on") ? emitter(name).event : () => new Disposable();
    },
  });

const outputChannel = () =>
  open({ name: "newslint", logLevel: 1, lines: [], error: (text) => errors.push(text), dispose() {} });

const workspace = open({
  isTrusted: true,
  workspaceFolders: [],
  textDocuments: [],
  notebookDocuments: [],
  settings: {},
  getConfiguration: (section = "newslint") => ({
    get: (name, fallback) => workspace.settings[name] ?? fallback,
    has: (name) => name in workspace.settings,
    section,
  }),
  getWorkspaceFolder: () => workspace.workspaceFolders[0],
  asRelativePath: (path) => path,
  createFileSystemWatcher: () => {
    const watcher = { dispose() {}, created: new EventEmitter(), changed: new EventEmitter(), deleted: new EventEmitter() };
    watchers.push(watcher);
    return Object.assign(watcher, {
      onDidCreate: watcher.created.event,
      onDidChange: watcher.changed.event,
      onDidDelete: watcher.deleted.event,
    });
  },
  applyEdit: async (edit) => {
    applied.push(edit);
    return true;
  },
});
const watchers = [];
const applied = [];

const languages = new Proxy(
  {
    match: (selectors, document) =>
      [selectors].flat().some((each) => !each.scheme || each.scheme === document.uri.scheme) ? 10 : 0,
    createDiagnosticCollection: () => {
      const collection = new DiagnosticCollection();
      collections.push(collection);
      return collection;
    },
  },
  {
    get: (target, name) =>
      target[name] ??
      ((...values) => {
        registered.set(name, values.find((each) => each && Object.keys(each).some((key) => /^(provide|resolve)/.test(key))) ?? values[1]);
        return new Disposable(() => registered.delete(name));
      }),
  },
);

const commands = {
  registerCommand: (name, run) => {
    executable.set(name, run);
    return new Disposable(() => executable.delete(name));
  },
  executeCommand: (name, ...values) => executable.get(name)?.(...values),
};

const window = open({
  tabGroups: open({ all: [] }),
  visibleTextEditors: [],
  visibleNotebookEditors: [],
  activeTextEditor: undefined,
  createOutputChannel: outputChannel,
  showErrorMessage: async (text) => void errors.push(text),
  withProgress: (_, run) => run({ report() {} }, new CancellationTokenSource().token),
});

const known = {
  version: "1.91.0",
  CancellationError,
  CancellationTokenSource,
  Disposable,
  EventEmitter,
  MarkdownString,
  Position,
  Range,
  RelativePattern,
  TextDocument,
  Uri: URI,
  WorkspaceEdit,
  DiagnosticSeverity: count(["Error", "Warning", "Information", "Hint"]),
  DiagnosticTag: count(["Unnecessary", "Deprecated"], 1),
  LogLevel: count(["Off", "Trace", "Debug", "Info", "Warning", "Error"]),
  ProgressLocation: count(["SourceControl", "Window", "Notification"], 1),
  TextDocumentSaveReason: count(["Manual", "AfterDelay", "FocusOut"], 1),
  CodeActionTriggerKind: count(["Invoke", "Automatic"], 1),
  CompletionTriggerKind: count(["Invoke", "TriggerCharacter", "TriggerForIncompleteCompletions"]),
  CompletionItemKind: {},
  CompletionItemTag: {},
  SymbolKind: {},
  SymbolTag: {},
  env: { openExternal: async () => true, language: "en", appName: "test", clipboard: {} },
  commands,
  languages,
  window,
  workspace,
  host: { applied, collections, diagnosticsChanged, emitter, errors, executable, registered, watchers },
};

/** Classes of which the client needs to know that they exist. */
const others =
  "CallHierarchyItem CompletionItem CompletionList Diagnostic DocumentLink " +
  "DocumentSymbol FoldingRange Hover InlayHint DiagnosticRelatedInformation SelectionRange SemanticTokens " +
  "SymbolInformation TabInputCustom TabInputNotebook TabInputText TabInputTextDiff TextEdit TypeHierarchyItem";

for (const name of others.split(" ")) {
  known[name] = { [name]: class { constructor(...values) { this.values = values; } } }[name];
}

/** A diagnostic as editors keep it. */
known.Diagnostic = class {
  constructor(range, message, severity) {
    Object.assign(this, { range, message, severity });
  }
};

/** A kind of actions: a path of names. */
class CodeActionKind {
  constructor(value) {
    this.value = value;
  }

  append = (name) => new CodeActionKind(this.value ? `${this.value}.${name}` : name);
  contains = (other) => `${other.value}.`.startsWith(`${this.value}.`);
}

for (const [name, value] of Object.entries({
  Empty: "",
  QuickFix: "quickfix",
  Refactor: "refactor",
  RefactorExtract: "refactor.extract",
  RefactorInline: "refactor.inline",
  RefactorRewrite: "refactor.rewrite",
  Source: "source",
  SourceOrganizeImports: "source.organizeImports",
})) {
  CodeActionKind[name] = new CodeActionKind(value);
}
known.CodeActionKind = CodeActionKind;

known.CodeAction = class {
  constructor(title, kind) {
    Object.assign(this, { title, kind });
  }
};

known.CodeLens = class {
  constructor(range, command) {
    Object.assign(this, { range, command });
  }
};

/** A place in a file. */
known.Location = class {
  constructor(uri, range) {
    Object.assign(this, { uri, range });
  }
};

module.exports = known;
