// The texts that src/extension gives to `l10n.t`.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'acorn';
import { simple } from 'acorn-walk';
import { transformSync } from 'esbuild';

const folder = path.join(import.meta.dirname, '..', '..', 'src', 'extension');

/**
 * Each once, sorted. Throws for a text that is put together: nobody could translate it.
 * @returns {string[]}
 */
export function extensionTexts() {
  const files = readdirSync(folder, { recursive: true }).filter(name => name.endsWith('.ts'));
  const texts = files.flatMap(name => textsOf(readFileSync(path.join(folder, name), 'utf8'), name));
  return [...new Set(texts)].toSorted((one, other) => (one < other ? -1 : 1));
}

/**
 * @param {string} source TypeScript
 * @param {string} name of the file, for messages
 * @returns {string[]}
 */
export function textsOf(source, name) {
  const texts = [];
  simple(parsed(source), {
    CallExpression({ callee, arguments: [text], start }) {
      if (!isTranslation(callee)) return;
      if (text?.type !== 'Literal' || typeof text.value !== 'string')
        throw new Error(`${name}: the text of l10n.t has to be one literal (character ${start})`);
      texts.push(text.value);
    },
  });
  return texts;
}

function parsed(source) {
  const { code } = transformSync(source, { loader: 'ts', format: 'esm', target: 'es2022' });
  return parse(code, { ecmaVersion: 2022, sourceType: 'module' });
}

/** `l10n.t` and `vscode.l10n.t`. */
function isTranslation({ type, object, property }) {
  if (type !== 'MemberExpression' || property.name !== 't') return false;
  return object.name === 'l10n' || object.property?.name === 'l10n';
}

/** `two words`, also with something between, before or behind them. */
const WORDS = /\p{L}{2,} (?:… )?\p{L}{2,}|^… \p{L}{2,}|\p{L}{2,} …$/u;

/** Properties of what is shown that are not shown themselves. */
const UNSEEN = new Set(['id', 'context', 'when']);

/**
 * Literals of several words that are not given to `l10n.t`, with `…` for what is filled in.
 * @param {string} source TypeScript
 * @returns {string[]}
 */
export function plainTexts(source) {
  const tree = parsed(source);
  const translated = new Set();
  simple(tree, {
    CallExpression: ({ callee, arguments: [text] }) => isTranslation(callee) && translated.add(text),
    Property: ({ key, value }) => UNSEEN.has(key.name) && translated.add(value),
    // For whoever reads the log.
    NewExpression: ({ callee, arguments: [text] }) => callee.name === 'Error' && translated.add(text),
  });
  const texts = [];
  const add = (node, text) => !translated.has(node) && WORDS.test(text) && texts.push(text);
  simple(tree, {
    Literal: node => typeof node.value === 'string' && add(node, node.value),
    TemplateLiteral: node => add(node, node.quasis.map(({ value }) => value.cooked).join('…')),
  });
  return texts;
}
