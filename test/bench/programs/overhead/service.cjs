'use strict';
/**
 * The service under test: a shop's order endpoint on plain node:http. One request takes about 80 awaits and 1–2 ms
 * of CPU: it reads 16 order lines one after the other from an asynchronous store, prices each, and renders the bill.
 *
 *   GET /order/<number>   the work
 *   GET /usage            {"cpuMicroseconds"} of the whole process, with every thread of it
 *
 * Reports its port over IPC as {port}; ends when the channel closes.
 */
const http = require('node:http');

const LINES_PER_ORDER = 16;
const CATALOG_SIZE = 2000;
const NEIGHBOURS = 220;

const catalog = Array.from({ length: CATALOG_SIZE }, (_, id) => ({
  id,
  name: `Article ${id} ${'abcdefghij'[id % 10].repeat(3 + (id % 7))}`,
  priceCents: 99 + ((id * 7919) % 9900),
  tags: Array.from({ length: 3 + (id % 4) }, (_, tag) => `tag${(id * 31 + tag * 17) % 97}`),
}));

/** Answers in a later microtask, as a cache in front of a database does. */
async function readArticle(id) {
  await undefined;
  return catalog[id % CATALOG_SIZE];
}

async function readDiscounts(article) {
  const byTag = await Promise.resolve(article.tags);
  return byTag.filter(tag => tag.length % 2 === 0).map(tag => ({ tag, percent: tag.charCodeAt(3) % 9 }));
}

const applyDiscounts = (cents, discounts) =>
  discounts.reduce((rest, { percent }) => rest - Math.trunc((rest * percent) / 100), cents);

/** The three of its neighbours in the catalogue that share most tags with an article. */
function related(article) {
  const scored = [];
  for (let step = 1; step <= NEIGHBOURS; step++) {
    const other = catalog[(article.id + step * 13) % CATALOG_SIZE];
    const shared = other.tags.filter(tag => article.tags.includes(tag)).length;
    scored.push({ id: other.id, score: shared * 1000 - Math.abs(other.priceCents - article.priceCents) });
  }
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, 3)
    .map(({ id }) => id);
}

function checksum(text) {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = (hash * 31 + text.charCodeAt(index)) | 0;
  return hash >>> 0;
}

async function priceLine(order, line) {
  const article = await readArticle(order * 37 + line * 101);
  const discounts = await readDiscounts(article);
  const cents = applyDiscounts(article.priceCents * (1 + (line % 5)), discounts);
  const suggestions = related(article);
  const label = `${article.name.toUpperCase()} × ${1 + (line % 5)} (${discounts.map(({ tag }) => tag).join(', ')})`;
  return { article: article.id, label, cents, suggestions, checksum: checksum(label) };
}

const renderLine = ({ article, label, cents }) =>
  `${String(article).padStart(6)}  ${label.padEnd(48)} ${(cents / 100).toFixed(2).padStart(10)}`;

async function bill(order) {
  const lines = [];
  for (let line = 0; line < LINES_PER_ORDER; line++) {
    lines.push(await priceLine(order, line));
    if (line % 8 === 7) await new Promise(resolve => setImmediate(resolve));
  }
  lines.sort((a, b) => b.cents - a.cents || a.label.localeCompare(b.label));
  const copy = JSON.parse(JSON.stringify(lines));
  const total = copy.reduce((sum, { cents }) => sum + cents, 0);
  return [...copy.map(renderLine), `total ${(total / 100).toFixed(2)}`, `check ${checksum(JSON.stringify(copy))}`].join('\n');
}

function usage() {
  const { user, system } = process.cpuUsage();
  return JSON.stringify({ cpuMicroseconds: user + system });
}

async function answer(request, response) {
  const [, kind, number] = request.url.split('/');
  response.setHeader('content-type', 'text/plain');
  if (kind === 'usage') response.end(usage());
  else response.end(await bill(Number(number)));
}

module.exports = { bill };
if (require.main !== module) return;

const server = http.createServer((request, response) => void answer(request, response));
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('disconnect', () => process.exit(0));
