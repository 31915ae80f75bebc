import path from 'node:path';

export const TEST = path.join(import.meta.dirname, '..', '..');
export const SUITES = path.join(TEST, 'editor', 'suites');
export const SCREENSHOTS = path.join(TEST, 'editor', 'screenshots');
