import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { extensionTexts, plainTexts, textsOf } from '../../../scripts/l10n/texts.mjs';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');
const bundle = JSON.parse(readFileSync(path.join(ROOT, 'l10n', 'bundle.l10n.json'), 'utf8')) as Record<
  string,
  string
>;

/** Words that are no texts: what is not shown as it stands here. */
const NOT_SHOWN: readonly RegExp[] = [
  // Markup and style of images and webviews.
  /<\/?[a-z]+|^[a-z-]+="/,
  // Content Security Policy.
  /^[a-z]+-src /,
  // A command line.
  /^… run …$/,
];

describe('the texts of the extension', () => {
  test('are those that translators get; if not: npm run l10n', () => {
    expect(Object.keys(bundle)).toEqual(extensionTexts());
    expect(Object.values(bundle)).toEqual(Object.keys(bundle));
  });

  test('can all be translated', () => {
    const folder = path.join(ROOT, 'src', 'extension');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name =>
      name.endsWith('.ts'),
    );
    const untranslated = files.flatMap(name =>
      plainTexts(readFileSync(path.join(folder, name), 'utf8'))
        .filter(text => !NOT_SHOWN.some(pattern => pattern.test(text)))
        .map(text => `${name}: ${text}`),
    );
    expect(untranslated).toEqual([]);
  });
});

describe('texts are found', () => {
  test('in calls of l10n.t, of vscode or imported alone', () => {
    expect(textsOf(`vscode.l10n.t('One {0}', x); l10n.t("Two"); i18n.t('no'); t('no');`, 'a.ts')).toEqual([
      'One {0}',
      'Two',
    ]);
  });

  test('unless they are put together, which no translator could follow', () => {
    expect(() => textsOf('l10n.t(`One ${x}`)', 'a.ts')).toThrow('a.ts');
    expect(() => textsOf('l10n.t(text)', 'a.ts')).toThrow('one literal');
  });

  test('outside such calls where several words stand together', () => {
    expect(
      plainTexts(`show('Two words'); show(\`at \${x} places\`); l10n.t('Not this'); show('slowcatch.a');`),
    ).toEqual(['Two words', 'at … places']);
  });
});
