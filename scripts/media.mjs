// `npm run media`: draws media/icon.png, and cuts the README's pictures out of the screenshots of the editor tests;
// `-- operation` cuts this one alone.
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { findBrowser } from './editor/browser.mjs';
import { installEditorPackages } from './editor/packages.mjs';

const root = path.join(import.meta.dirname, '..');
const ICON_PIXELS = 256;

/** Pictures of the README, the screenshots they are cut out of, and the part of each. */
const PICTURES = [
  { name: 'hints', screenshot: 'first-minute-hints', clip: { x: 48, y: 30, width: 1352, height: 520 } },
  {
    name: 'flamegraph',
    screenshot: 'first-minute-flamegraph',
    clip: { x: 350, y: 60, width: 1045, height: 520 },
  },
  // Of `npx vitest run --project browser`.
  { name: 'operation', screenshot: 'operation-page-dark', clip: { x: 0, y: 0, width: 1200, height: 420 } },
  { name: 'gc', screenshot: 'first-minute-gc', clip: { x: 355, y: 100, width: 1035, height: 560 } },
];

const wanted = process.argv.slice(2);

await installEditorPackages();
const { chromium } = createRequire(path.join(root, 'test/editor/package.json'))('playwright-core');
const browser = await chromium.launch({
  executablePath: findBrowser(),
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  const icon = { x: 0, y: 0, width: ICON_PIXELS, height: ICON_PIXELS };
  await draw({
    from: 'media/icon.svg',
    type: 'image/svg+xml',
    size: ICON_PIXELS,
    to: 'media/icon.png',
    clip: icon,
  });
  for (const { name, screenshot, clip } of PICTURES.filter(
    each => wanted.length === 0 || wanted.includes(each.name),
  ))
    await draw({
      from: `test/editor/screenshots/${screenshot}.png`,
      type: 'image/png',
      to: `media/readme/${name}.png`,
      clip,
    });
} finally {
  await browser.close();
}

/** A part of a picture; `size` is the width in pixels of one that has none of its own. */
async function draw({ from, type, size, to, clip }) {
  const page = await browser.newPage({
    viewport: { width: clip.x + clip.width, height: clip.y + clip.height },
  });
  const data = readFileSync(path.join(root, from)).toString('base64');
  const width = size ? `width="${size}"` : '';
  await page.setContent(
    `<body style="margin:0"><img ${width} style="display:block" src="data:${type};base64,${data}">`,
  );
  await page.waitForFunction('document.images[0].complete && document.images[0].naturalWidth > 0');
  mkdirSync(path.dirname(path.join(root, to)), { recursive: true });
  await page.screenshot({ path: path.join(root, to), clip, omitBackground: true });
  await page.close();
  console.log(`${to}  ${statSync(path.join(root, to)).size} bytes`);
}
