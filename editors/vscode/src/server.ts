/** Where the program newslint is, and how it is started. */

import { existsSync } from "node:fs";
import { join } from "node:path";

/** What the user has set. */
export interface Settings {
  /** The program; empty to search for it. */
  readonly path: string;
  /** Further arguments of `newslint server`. */
  readonly arguments: readonly string[];
}

/** A program and its arguments. */
export interface Command {
  readonly command: string;
  readonly args: string[];
}

const ENVIRONMENTS = [".venv", "venv"];
const PROGRAM = process.platform === "win32" ? ["Scripts", "newslint.exe"] : ["bin", "newslint"];

/**
 * Find the command that starts the language server.
 *
 * @param settings What the user has set.
 * @param folders The folders that are open, absolute.
 * @param isTrusted Whether code in these folders may be run.
 * @returns The command. A program without a folder is searched for in `PATH`.
 */
export function findServer(settings: Settings, folders: readonly string[], isTrusted: boolean): Command {
  const args = ["server", ...(isTrusted ? [] : ["--no-plugins"]), ...settings.arguments];
  const inFolders = folders.flatMap((folder) => ENVIRONMENTS.map((name) => join(folder, name, ...PROGRAM)));
  const found = isTrusted ? inFolders.find((path) => existsSync(path)) : undefined;
  return { command: settings.path || found || "newslint", args };
}
