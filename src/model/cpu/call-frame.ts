import { toIndex } from './growing-column.ts';
import type { Frame } from './profile.ts';

/**
 * A frame from a `callFrame` of V8, whose lines and columns are 0-based, -1 for none; from anything else an empty one.
 * `urls` is by script id: one string for all frames of a script, since it is compared and hashed again and again.
 */
export function toFrame(value: unknown, urls: Map<string, string>): Frame {
  const callFrame = (value ?? {}) as Readonly<Record<string, unknown>>;
  const scriptId = toText(callFrame.scriptId);
  return {
    functionName: toText(callFrame.functionName),
    scriptId,
    url: shared(toText(callFrame.url), scriptId, urls),
    line: toPosition(callFrame.lineNumber),
    column: toPosition(callFrame.columnNumber),
  };
}

/** `v8.startCpuProfile` writes script ids as numbers. */
function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : '';
}

function toPosition(value: unknown): number {
  return typeof value === 'number' ? toIndex(value) + 1 : 0;
}

function shared(url: string, scriptId: string, urls: Map<string, string>): string {
  const known = urls.get(scriptId);
  if (known === url) return known;
  urls.set(scriptId, url);
  return url;
}
