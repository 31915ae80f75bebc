/**
 * The ways by which a file of a program comes to run, and where its text can be changed:
 *
 *   CommonJS, also by tsx, ts-node, swc    `fs.readFileSync` of the file, while `Module.prototype.load` loads it
 *   ES modules, Node 22.15+                `module.registerHooks`
 *   ES modules before                      `module.register`: a thread of Node's own, 30 to 50 ms at the start
 */
import fs from 'node:fs';
import Module from 'node:module';
import { fileURLToPath } from 'node:url';
import type { WatchedFile } from '../../contracts/watched.ts';
import type { Guest } from '../guest.ts';
import { replaceMethod } from '../replaced-method.ts';
import { editInThread } from './loader-thread.ts';
import type { WatchedTexts } from './watched-texts.ts';

interface LoadResult {
  source?: string | ArrayBufferView | ArrayBuffer | null;
}
type NextLoad = (url: string, context: unknown) => LoadResult;

interface ModuleApi {
  registerHooks?(hooks: { load: (url: string, context: unknown, nextLoad: NextLoad) => LoadResult }): {
    deregister(): void;
  };
}
const api = Module as unknown as ModuleApi;

interface Loadable {
  load(this: unknown, file: string): unknown;
}

interface Readable {
  readFileSync(this: unknown, ...parameters: unknown[]): string | Buffer;
}

/** Returns a function that takes all hooks away that can be taken away. */
export function editLoadedTexts(
  texts: WatchedTexts,
  files: readonly WatchedFile[],
  guest: Guest,
): () => void {
  const undo = [editCommonJs(texts, guest)];
  if (api.registerHooks) undo.push(editByHooks(texts, guest));
  else undo.push(editInThread(texts, files));
  return () => undo.forEach(each => each());
}

/** A program may read its own files for other reasons: those get what is there. */
function editCommonJs(texts: WatchedTexts, guest: Guest): () => void {
  let loading: string | undefined;
  const { prototype } = Module as unknown as { prototype: Loadable };
  const undoLoad = replaceMethod(
    prototype,
    'load',
    original =>
      function load(this: unknown, file: string) {
        if (!texts.has(file)) return original.call(this, file);
        loading = file;
        try {
          return original.call(this, file);
        } finally {
          loading = undefined;
        }
      },
  );
  const undoRead = replaceMethod(
    fs as unknown as Readable,
    'readFileSync',
    original =>
      function readFileSync(this: unknown, ...parameters) {
        const content = original.apply(this, parameters);
        if (loading === undefined || parameters[0] !== loading) return content;
        const file = loading;
        loading = undefined;
        return guest.quietly(() => editContent(texts, file, content), content);
      },
  );
  return () => {
    undoRead();
    undoLoad();
  };
}

function editContent(texts: WatchedTexts, file: string, content: string | Buffer): string | Buffer {
  const text = editText(texts, file, content.toString());
  return typeof content === 'string' ? text : Buffer.from(text);
}

function editText(texts: WatchedTexts, file: string, text: string): string {
  if (!checksTypes(file)) return texts.edit(file, text);
  texts.note(file, 'type-checked');
  return text;
}

/** ts-node compiles with types unless it is told not to: inserted text would be an error to it. */
function checksTypes(file: string): boolean {
  if (!/\.[cm]?tsx?$/.test(file)) return false;
  const service = (process as unknown as Record<symbol, unknown>)[Symbol.for('ts-node.register.instance')];
  if (typeof service !== 'object' || service === null) return false;
  const { options } = service as { options?: { transpileOnly?: boolean; typeCheck?: boolean } };
  return options?.transpileOnly !== true;
}

function editByHooks(texts: WatchedTexts, guest: Guest): () => void {
  const hooks = api.registerHooks!({
    load(url, context, nextLoad) {
      const result = nextLoad(url, context);
      return guest.quietly(() => editResult(texts, url, result), result);
    },
  });
  return () => hooks.deregister();
}

function editResult(texts: WatchedTexts, url: string, result: LoadResult): LoadResult {
  const file = fileOfUrl(url);
  if (file === undefined || !texts.has(file) || result.source === null || result.source === undefined)
    return result;
  const text = textOf(result.source);
  const source = editText(texts, file, text);
  return source === text ? result : { ...result, source };
}

const textOf = (source: string | ArrayBufferView | ArrayBuffer): string => {
  if (typeof source === 'string') return source;
  return ArrayBuffer.isView(source)
    ? Buffer.from(source.buffer, source.byteOffset, source.byteLength).toString()
    : Buffer.from(source).toString();
};

function fileOfUrl(url: string): string | undefined {
  return url.startsWith('file:') ? fileURLToPath(url.replace(/[?#].*$/, '')) : undefined;
}
