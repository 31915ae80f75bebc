import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { packedReadme } from '../../../scripts/package/readme.mjs';

const README = `# A

Text.

![A picture](media/a.png)

<!-- repository -->

## Two commands

npm ci

<!-- end -->

## B
`;

test('what is packed leaves out what needs the repository, and pictures without an address', () => {
  expect(packedReadme(README)).toBe('# A\n\nText.\n\n## B\n');
});

test('pictures have the address that was given', () => {
  expect(packedReadme(README, 'https://example.org/slowcatch/')).toContain(
    '\n\n![A picture](https://example.org/slowcatch/media/a.png)\n\n## B',
  );
});

test('the README has its marks in pairs, and its pictures', () => {
  const text = readFileSync(path.join(import.meta.dirname, '../../../README.md'), 'utf8');
  expect(text.match(/<!-- repository -->/g)).toHaveLength(text.match(/<!-- end -->/g)?.length ?? 0);
  for (const [, file = ''] of text.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g))
    expect(readFileSync(path.join(import.meta.dirname, '../../..', file)).length).toBeLessThan(200_000);
});
