// `npm run l10n`: writes l10n/bundle.l10n.json, the texts of the extension as translators get them.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { extensionTexts } from './l10n/texts.mjs';

const file = path.join(import.meta.dirname, '..', 'l10n', 'bundle.l10n.json');
const texts = Object.fromEntries(extensionTexts().map(text => [text, text]));

mkdirSync(path.dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify(texts, null, 2)}\n`);
