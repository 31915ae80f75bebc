/** The HTML of a view: an empty page with a bundle of `webview-ui/`, which can load nothing but what is named here. */
import { SHOWN_ATTRIBUTE } from '../../contracts/views/page.ts';

export interface Page {
  readonly title: string;
  /** `Webview.cspSource`. */
  readonly cspSource: string;
  /** New for every page. */
  readonly nonce: string;
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
  /** A library of the view adds styles of its own at run time. */
  readonly hasInlineStyles?: boolean;
  /** What the view shows, as JSON. */
  readonly shown: string;
}

/** All values may hold any text. Data is fetched from view files; eval, frames and other origins are refused. */
export function pageHtml(page: Page): string {
  const { title, nonce, scripts, styles, shown } = page;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy(page))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
${styles.map(uri => `<link rel="stylesheet" href="${escapeHtml(uri)}">`).join('\n')}
</head>
<body ${SHOWN_ATTRIBUTE}="${escapeHtml(shown)}">
${scripts.map(uri => `<script nonce="${escapeHtml(nonce)}" src="${escapeHtml(uri)}"></script>`).join('\n')}
</body>
</html>`;
}

function policy({ cspSource, nonce, hasInlineStyles = false }: Page): string {
  return [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}${hasInlineStyles ? ` 'unsafe-inline'` : ''}`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data:`,
    `connect-src ${cspSource}`,
  ].join('; ');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, character => ENTITIES[character]!);
