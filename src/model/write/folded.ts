/** Writes folded stacks, one line per stack: https://github.com/brendangregg/FlameGraph#2-fold-stacks */
import type { StackFunction, StackProfile } from '../stacks/stack-profile.ts';
import { depthFirst } from './depth-first.ts';

/**
 *   shop.js · pid 4711;main (src/shop.js:1);rank (src/rank.js:52) 1234
 *
 * Lines in pieces; numbers are whole microseconds or bytes. What separates stacks and lines is written `\x3b`, `\x0a`
 * inside of names.
 */
export function* writeFolded({ functions, tracks }: StackProfile): Generator<string> {
  const names = functions.map(each => escaped(label(each)));
  for (const track of tracks) {
    const { node, depth } = depthFirst(track);
    const path = [escaped(track.name)];
    /** What rounding has left over: sums of many small stacks stay right. */
    let rest = 0;
    for (const [place, each] of node.entries()) {
      path.length = depth[place]!;
      path.push(names[track.function[each]!]!);
      const exact = track.self[each]! + rest;
      const value = Math.round(exact);
      rest = exact - value;
      if (value > 0) yield `${path.join(';')} ${value}\n`;
    }
  }
}

function label({ name, file, line }: StackFunction): string {
  if (file === '') return name;
  return `${name} (${line > 0 ? `${file}:${line}` : file})`;
}

/** Also what would reorder or hide text; a backslash of its own is doubled. */
const ESCAPED = /[;\\\u0000-\u001F\u007F-\u009F\u2028\u2029]/g;

const escaped = (text: string): string =>
  text.replaceAll(ESCAPED, character => {
    if (character === '\\') return '\\\\';
    const code = character.charCodeAt(0);
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`;
  });
