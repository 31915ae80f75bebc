/**
 * The texts of ES modules before Node 22.15, which has no `registerHooks`: Node's loader reads them by
 * `fs.promises.readFile` of this thread, with nothing but a URL. `module.register` would do it with a thread of its own
 * (30–48 ms when the program starts). What other loaders read (tsx, `--loader`) they read in that thread: it is not seen.
 */
import { promises } from 'node:fs';
import { isCalledFrom } from '../operations/program-stack.ts';
import { apply, wrapMethod, type Method, type Undo } from './wrapped-method.ts';

const LOADER = 'node:internal/modules/esm/';

/** Keeps what it gets where `edit` answers nothing. */
export const onModuleRead = (edit: (url: string, source: Uint8Array) => string | undefined): Undo =>
  wrapMethod(promises, 'readFile', original => {
    const readFile: Method = function (...parameters) {
      const [url] = parameters;
      const result = apply(original, this, parameters);
      const isModule =
        parameters.length === 1 &&
        url instanceof URL &&
        url.pathname.includes('/node_modules/') &&
        isCalledFrom(LOADER, readFile);
      return isModule
        ? (result as Promise<Uint8Array>).then(source => edited(edit, url.href, source))
        : result;
    };
    return readFile;
  });

function edited(
  edit: (url: string, source: Uint8Array) => string | undefined,
  url: string,
  source: Uint8Array,
): Uint8Array {
  const text = edit(url, source);
  return text === undefined ? source : Buffer.from(text);
}
