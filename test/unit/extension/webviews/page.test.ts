import { describe, expect, test } from 'vitest';
import { pageHtml } from '../../../../src/extension/webviews/page.ts';

const page = {
  ...{ title: 'shop', cspSource: 'https://views.test', nonce: 'n0nce' },
  scripts: ['https://views.test/flame.js'],
  styles: ['https://views.test/flame.css'],
  shown: '{"id":"a"}',
};

const policyOf = (html: string): string => /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';

describe('the page of a view', () => {
  test('loads only its own script, and its data from view files', () => {
    expect(policyOf(pageHtml(page)).replaceAll('&#39;', "'").split('; ')).toEqual([
      `default-src 'none'`,
      `script-src 'nonce-n0nce'`,
      `style-src https://views.test`,
      `font-src https://views.test`,
      `img-src https://views.test data:`,
      `connect-src https://views.test`,
    ]);
  });

  test('allows inline styles to a library that needs them', () => {
    expect(policyOf(pageHtml({ ...page, hasInlineStyles: true }))).toContain(
      'style-src https://views.test &#39;unsafe-inline&#39;;',
    );
  });

  test('a name in it stays text', () => {
    const name = `</title><script>alert(1)</script>" onload="x`;
    const html = pageHtml({ ...page, title: name, shown: JSON.stringify({ name }) });
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).not.toContain('" onload');
  });
});
