/** Watched functions in real programs: what they give stays as it is, and their calls are operations. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { SourceParser } from '../../src/backend/watch/parser.ts';
import { readSource } from '../../src/backend/watch/read-source.ts';
import type { OperationRecord, RouteCounts, RoutesFile } from '../../src/contracts/operations.ts';
import { ROUTES_FILE, OPERATIONS_FILE, THREAD_FOLDER_PATTERN } from '../../src/contracts/recording-files.ts';
import { PROGRAMS, runCommand, slowcatch, temporaryFolders, type Ended } from './cli.ts';
import { NODES } from './node-matrix.ts';

const temporaryFolder = temporaryFolders();
const BATTERY = readFileSync(path.join(PROGRAMS, 'watched', 'battery.txt'), 'utf8');
const IMPORT = {
  cjs: "globalThis.hooks = require('node:async_hooks');\n",
  mjs: "import hooks from 'node:async_hooks';\nglobalThis.hooks = hooks;\n",
};

let parser: SourceParser;
beforeAll(async () => {
  parser = await SourceParser.open(
    createRequire(import.meta.url).resolve('@oxc-parser/binding-wasm32-wasip1/wasm.wasm'),
  );
});

interface Watched extends Ended {
  readonly routes: readonly RouteCounts[];
  readonly problems: RoutesFile['problems'];
  readonly operations: readonly OperationRecord[];
}

/** Runs a program with these functions watched, `name` or `name=50ms`. */
async function watch(
  command: readonly string[],
  file: string,
  functions: readonly string[],
): Promise<Watched> {
  const out = path.join(temporaryFolder(), 'recording');
  const options = functions.flatMap(each => ['--watch-function', `${file}:${each}`]);
  const ended = await slowcatch(['run', '--out', out, '--json', ...options, '--', ...command], {
    cwd: path.dirname(file),
  });
  const threads = readdirSync(out).filter(name => THREAD_FOLDER_PATTERN.test(name));
  const read = (name: string) => threads.map(thread => text(path.join(out, thread, name))).filter(Boolean);
  const counted = read(ROUTES_FILE).map(each => JSON.parse(each) as RoutesFile);
  return {
    ...ended,
    routes: counted.flatMap(({ routes }) => routes.filter(({ kind }) => kind === 'call')),
    problems: counted.flatMap(({ problems }) => problems),
    operations: read(OPERATIONS_FILE).flatMap(lines =>
      lines
        .trim()
        .split('\n')
        .map(line => JSON.parse(line) as OperationRecord),
    ),
  };
}

function text(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

const resultsIn = (output: string): unknown => JSON.parse(/^\{"results".*$/m.exec(output)?.[0] ?? '""');

describe.each(NODES)('on Node.js $major', ({ binary }) => {
  test.each(['cjs', 'mjs'] as const)(
    'functions of every form give the same whether they are watched or not (%s)',
    async format => {
      const file = path.join(temporaryFolder(), `battery.${format}`);
      writeFileSync(file, IMPORT[format] + BATTERY);
      const { functions } = await readSource(parser, file);
      const names = [...new Set(functions.map(({ name }) => name))];
      expect(names.length).toBeGreaterThanOrEqual(150);
      const plain = await runCommand([binary, file]);
      const watched = await watch([binary, file], file, names);
      expect(resultsIn(plain.stdout)).toMatchObject({ rejections: ['rejected'] });
      expect(resultsIn(watched.stderr)).toEqual(resultsIn(plain.stdout));
      expect(watched.code).toBe(plain.code);
      expect(watched.routes.length).toBeGreaterThanOrEqual(140);
    },
  );
});
