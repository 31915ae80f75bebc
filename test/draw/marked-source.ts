/**
 * TypeScript whose interesting lines are marked, and what real compilers make of it:
 *
 *     sum += at1(part);   // ← here
 *
 * A marked line calls a function `at…` that no other line names, so it can be found again in any output.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export interface Mark {
  readonly token: string;
  /** 1-based, in the source. */
  readonly line: number;
}

export function marksOf(source: string): Mark[] {
  return source.split('\n').flatMap((text, index) => {
    if (!text.includes('// ← here')) return [];
    const token = /\bat\w+/.exec(text)?.[0];
    if (token === undefined) throw new Error(`no at… in: ${text}`);
    return [{ token, line: index + 1 }];
  });
}

/** 1-based place of a token in a text. */
export function placeOf(text: string, token: string): { line: number; column: number } {
  const before = text.slice(0, text.search(new RegExp(`\\b${token}\\b`))).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

/** Writes files (path → text) into a new folder below the system's temporary one; answers the folder's real path. */
export function writeFolder(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'slowcatch-')));
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

/** Runs TypeScript's own compiler in a folder. */
export function runTsc(folder: string, ...options: readonly string[]): void {
  const tsc = path.resolve('node_modules/typescript/bin/tsc');
  const fixed = ['--sourceMap', '--target', 'es2022', '--module', 'esnext', '--types', '', '--noCheck'];
  execFileSync(process.execPath, [tsc, ...options, ...fixed], { cwd: folder, stdio: 'pipe' });
}
