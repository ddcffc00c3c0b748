/** Starts the language server of newslint, and stops it. */

import {
  commands,
  type ExtensionContext,
  env,
  Location,
  type LogOutputChannel,
  Position,
  Range,
  Uri,
  window,
  workspace,
} from "vscode";
import {
  LanguageClient,
  type Location as ServerLocation,
  type Position as ServerPosition,
  RevealOutputChannelOn,
} from "vscode-languageclient/node";

import { findServer } from "./server";

const NAME = "newslint";
const SELECTOR = [{ scheme: "file", pattern: "**/*.{md,markdown,mdx,html,txt,yml,yaml,toml,json}" }];
const INSTALLATION = Uri.parse("https://github.com/newslint/newslint#installation");
const SHOW_MENTIONS = "newslint.showMentions"; // the server sends it with a lens
const INSTALL = "How to Install";
const SHOW_LOG = "Show Log";

let client: LanguageClient | undefined;
let log: LogOutputChannel;
let pending: Promise<void> = Promise.resolve();

/** Start the server, and start it again when settings change. */
export async function activate(context: ExtensionContext): Promise<void> {
  log = window.createOutputChannel(NAME, { log: true });
  context.subscriptions.push(
    log,
    commands.registerCommand("newslint.restart", restart),
    commands.registerCommand("newslint.showLog", () => log.show()),
    workspace.onDidGrantWorkspaceTrust(restart),
    workspace.onDidChangeConfiguration(async (change) => {
      const names = ["enable", "path", "arguments"];
      if (names.some((name) => change.affectsConfiguration(`${NAME}.${name}`))) {
        await restart();
      }
    }),
  );
  await restart();
}

/** Show all mentions of an article, as the lens above its record asks for. */
async function showMentions(uri: string, position: ServerPosition, found: readonly ServerLocation[]): Promise<void> {
  const at = ({ line, character }: ServerPosition): Position => new Position(line, character);
  const locations = found.map(
    ({ uri, range }) => new Location(Uri.parse(uri), new Range(at(range.start), at(range.end))),
  );
  await commands.executeCommand("editor.action.showReferences", Uri.parse(uri), at(position), locations);
}

/** Stop the server. */
export async function deactivate(): Promise<void> {
  await pending;
  await stop();
}

/** Stop the server if it runs, and start it unless it is turned off; one call after the other. */
function restart(): Promise<void> {
  pending = pending.then(stop).then(start);
  return pending;
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  try {
    await running?.dispose();
  } catch (error) {
    log.warn(`The server has not stopped cleanly: ${error}`);
  }
}

async function start(): Promise<void> {
  const settings = workspace.getConfiguration(NAME);
  if (!settings.get("enable", true)) {
    return;
  }
  const folders = (workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath);
  const chosen = { path: settings.get("path", ""), arguments: settings.get<string[]>("arguments", []) };
  const command = findServer(chosen, folders, workspace.isTrusted);
  log.info(`Starting ${[command.command, ...command.args].join(" ")}`);
  const started = new LanguageClient(
    NAME,
    NAME,
    { ...command, options: { cwd: folders[0] } },
    {
      documentSelector: SELECTOR,
      outputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationFailedHandler: () => false,
      middleware: {
        executeCommand: (name, values, next) =>
          name === SHOW_MENTIONS ? showMentions(...(values as Parameters<typeof showMentions>)) : next(name, values),
      },
    },
  );
  try {
    await started.start();
    client = started;
  } catch (error) {
    log.error(`${error}`);
    void explainFailure(command.command);
  }
}

/** Explain that the server could not be started, and offer what helps. */
async function explainFailure(program: string): Promise<void> {
  const text = `'${program} server' cannot be started. Install newslint with its extra 'lsp', or set 'newslint.path'.`;
  const answer = await window.showErrorMessage(text, INSTALL, SHOW_LOG);
  if (answer === INSTALL) {
    await env.openExternal(INSTALLATION);
  } else if (answer === SHOW_LOG) {
    log.show();
  }
}
