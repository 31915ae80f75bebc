// Holds a temporary folder.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { keepUntilLeft } from './keep.mjs';

const folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-folder-'));
await keepUntilLeft(pathToFileURL(folder).href, async () => rmSync(folder, { recursive: true, force: true }));
