// The licences of the packages that dist/ holds code of.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;
/** Of packages that only name their licence. */
const TEXTS = {
  'hsl-to-rgb-for-reals': `Copyright (c) kayellpeee, David Mark Clements

Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby
granted, provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL
IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT,
INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN
ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF
THIS SOFTWARE.`,
};
const RULE = '-'.repeat(78);

/**
 * One text with the licence of each package. Throws for a package that names none.
 * @param {string} root absolute path of the project
 * @param {readonly string[]} inputs files that were bundled, relative to the project
 * @param {readonly string[]} copied names of packages that were copied
 */
export function thirdPartyNotices(
  root,
  inputs,
  copied,
  title = 'Slowcatch contains code of these packages.',
) {
  const folders = [
    ...inputs.map(packageFolder).filter(folder => folder !== undefined),
    ...copied.map(name => `node_modules/${name}`),
  ];
  const notices = [...new Set(folders)].map(folder => notice(path.join(root, folder)));
  const sorted = [...new Set(notices)].toSorted((one, other) => (one < other ? -1 : 1));
  return [`${title}\n`, ...sorted].join(`\n${RULE}\n\n`);
}

/** `node_modules/a/node_modules/@b/c` of `node_modules/a/node_modules/@b/c/index.js`; undefined for a file of our own. */
function packageFolder(file) {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0];
}

function notice(folder) {
  const { name, version, license, homepage, repository } = JSON.parse(
    readFileSync(path.join(folder, 'package.json'), 'utf8'),
  );
  const files = readdirSync(folder).filter(file => LICENCE_FILE.test(file));
  const texts = files.map(file => readFileSync(path.join(folder, file), 'utf8').trim());
  if (TEXTS[name]) texts.push(TEXTS[name]);
  if (!license) throw new Error(`${name} names no licence`);
  if (texts.length === 0) texts.push('(Its package names this licence and holds no text of it.)');
  const address = homepage ?? repository?.url ?? repository;
  return [`${name} ${version} (${license})`, ...(address ? [address] : []), '', ...texts, ''].join('\n');
}
