// `npm run media`: draws media/icon.png, and cuts the README's pictures out of the screenshots of the editor tests.
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { findBrowser } from './editor/browser.mjs';
import { installEditorPackages } from './editor/packages.mjs';

const root = path.join(import.meta.dirname, '..');
const ICON_PIXELS = 256;

/** Name of the picture, the screenshot it is cut out of, and the part of it: left, top, width, height. */
const PICTURES = [['hints', 'first-minute-hints', [48, 30, 1240, 450]]];

await installEditorPackages();
const { chromium } = createRequire(path.join(root, 'test/editor/package.json'))('playwright-core');
const browser = await chromium.launch({
  executablePath: findBrowser(),
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  await draw(
    'media/icon.svg',
    'image/svg+xml',
    'media/icon.png',
    [0, 0, ICON_PIXELS, ICON_PIXELS],
    ICON_PIXELS,
  );
  for (const [name, screenshot, part] of PICTURES)
    await draw(`test/editor/screenshots/${screenshot}.png`, 'image/png', `media/readme/${name}.png`, part);
} finally {
  await browser.close();
}

/** A part of a picture; `width`, in pixels, is that of the whole where it has none of its own. */
async function draw(from, type, to, [x, y, width, height], wholeWidth) {
  const page = await browser.newPage({ viewport: { width: x + width, height: y + height } });
  const data = readFileSync(path.join(root, from)).toString('base64');
  const size = wholeWidth ? `width="${wholeWidth}"` : '';
  await page.setContent(
    `<body style="margin:0"><img ${size} style="display:block" src="data:${type};base64,${data}">`,
  );
  await page.waitForFunction('document.images[0].complete && document.images[0].naturalWidth > 0');
  mkdirSync(path.dirname(path.join(root, to)), { recursive: true });
  await page.screenshot({ path: path.join(root, to), clip: { x, y, width, height }, omitBackground: true });
  await page.close();
  console.log(`${to}  ${statSync(path.join(root, to)).size} bytes`);
}
