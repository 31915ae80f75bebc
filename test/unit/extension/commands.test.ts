import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');
const folder = path.join(ROOT, 'src', 'extension');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'));
const textOf = (name: string): string => readFileSync(path.join(folder, name), 'utf8');

test('commands are registered in one place, which tells their failures and counts them', () => {
  const registering = files.filter(name => textOf(name).includes('commands.registerCommand('));
  expect(registering).toEqual(['command-registry.ts']);
});
