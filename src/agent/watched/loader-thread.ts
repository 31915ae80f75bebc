/** ES modules before Node 22.15: hooks of theirs run in a thread of Node's own, which gets texts and tells what became of them. */
import fs from 'node:fs';
import Module from 'node:module';
import path from 'node:path';
import type { WatchedFile } from '../../contracts/watched.ts';
import { FILE_FATES, type WatchedTexts } from './watched-texts.ts';

interface ModuleApi {
  register?(specifier: string, parent: string, options: { data: unknown }): void;
}

/** tsx has its own hooks for all of it. */
const TYPESCRIPT = /\.[cm]?tsx?$/;

/** Returns a function that takes notice of what the thread has done: it goes on until the program ends. */
export function editInThread(texts: WatchedTexts, files: readonly WatchedFile[]): () => void {
  const modules = files.filter(({ file }) => TYPESCRIPT.test(file) || isModule(file));
  if (modules.length === 0) return () => undefined;
  const fates = new Int32Array(new SharedArrayBuffer(modules.length * Int32Array.BYTES_PER_ELEMENT));
  (Module as unknown as ModuleApi).register?.(`data:text/javascript,${encodeURIComponent(HOOKS)}`, 'data:', {
    data: { files: modules, fates, codes: FILE_FATES },
  });
  return () =>
    modules.forEach(({ file }, index) => texts.note(file, FILE_FATES[Atomics.load(fates, index)]!));
}

/** Whether a file is an ES module, or may be one. */
function isModule(file: string): boolean {
  const extension = path.extname(file);
  if (/^\.[mc]/.test(extension)) return extension.startsWith('.m');
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const type = packageType(folder);
    if (type !== undefined) return type === 'module';
    if (path.dirname(folder) === folder) return false;
  }
}

function packageType(folder: string): string | undefined {
  try {
    const content = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
      type?: string;
    };
    return content.type ?? 'commonjs';
  } catch {
    return undefined;
  }
}

/** tsx reads `.cts` files itself there: what they read is edited as well. Nothing else of the program runs in that thread. */
const HOOKS = `
  import { createHash } from 'node:crypto';
  import { existsSync, promises, readFileSync, realpathSync } from 'node:fs';
  import { syncBuiltinESMExports } from 'node:module';
  import { fileURLToPath } from 'node:url';
  const byPath = new Map();
  let fates, codes;
  export function initialize(data) {
    ({ fates, codes } = data);
    data.files.forEach((each, index) => {
      if (!existsSync(each.file)) return;
      byPath.set(each.file, { ...each, index });
      byPath.set(realpathSync(each.file), { ...each, index });
    });
  }
  const watchedAt = file => byPath.get(/^file:/.test(file) ? fileURLToPath(String(file).replace(/[?#].*$/, '')) : file);
  const sha256 = text => createHash('sha256').update(text).digest('hex');
  const note = ({ index }, fate) => Atomics.store(fates, index, codes.indexOf(fate));
  function edit(watched, content) {
    const text = typeof content === 'string' ? content : Buffer.from(content).toString();
    if (sha256(text) === watched.editedSha256) return content;
    if (sha256(text) !== watched.sha256) {
      if (codes[Atomics.load(fates, watched.index)] !== 'edited')
        note(watched, sha256(readFileSync(watched.file)) === watched.sha256 ? 'compiled' : 'changed');
      return content;
    }
    note(watched, 'edited');
    let source = '', from = 0;
    for (const [offset, inserted] of watched.edits) {
      source += text.slice(from, offset) + inserted;
      from = offset;
    }
    source += text.slice(from);
    return typeof content === 'string' ? source : Buffer.from(source);
  }
  const read = promises.readFile;
  promises.readFile = async function readFile(file, ...parameters) {
    const content = await read.call(this, file, ...parameters);
    const watched = typeof file === 'string' || file instanceof URL ? watchedAt(file) : undefined;
    return watched ? edit(watched, content) : content;
  };
  syncBuiltinESMExports();
  export async function load(url, context, nextLoad) {
    const result = await nextLoad(url, context);
    const watched = url.startsWith('file:') && result.source != null ? watchedAt(url) : undefined;
    return watched ? { ...result, source: edit(watched, result.source) } : result;
  }`;
