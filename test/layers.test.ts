/**
 * The layers of src/README.md as a test: which folder may import which, and which packages. Type-only imports count
 * (a type ties two layers as firmly as a value), as do dynamic imports and re-exports. No import cycles.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

interface Layer {
  readonly layers: readonly string[];
  readonly packages: readonly string[];
}

const CORE = ['contracts', 'format', 'model', 'analysis', 'present'];

const LAYERS: Readonly<Record<string, Layer>> = {
  contracts: { layers: [], packages: ['valibot'] },
  format: { layers: ['contracts'], packages: [] },
  agent: { layers: ['contracts'], packages: ['node:*'] },
  api: { layers: ['contracts'], packages: ['node:*'] },
  collect: {
    layers: ['contracts'],
    packages: ['node:*', 'ws', 'jsonc-parser', 'valibot', 'devtools-protocol'],
  },
  model: {
    layers: ['contracts'],
    packages: ['valibot', '@jridgewell/trace-mapping', '@oxc-project/types'],
  },
  // Of oxc only its types: a syntax tree is plain data.
  analysis: { layers: ['contracts', 'model'], packages: ['@oxc-project/types'] },
  present: { layers: ['contracts', 'format', 'model', 'analysis'], packages: [] },
  backend: {
    layers: [...CORE, 'collect'],
    packages: ['node:*', 'valibot', '@oxc-parser/binding-wasm32-wasip1', '@oxc-project/types'],
  },
  server: { layers: ['contracts', 'format', 'backend'], packages: ['node:*', 'vscode-languageserver'] },
  cli: { layers: ['contracts', 'format', 'backend'], packages: ['node:*'] },
  extension: {
    layers: ['contracts', 'format'],
    packages: ['node:*', 'vscode', 'vscode-languageclient', '@vscode/extension-telemetry'],
  },
  'webview-ui': {
    layers: ['contracts', 'format', 'analysis'],
    packages: ['preact', 'chart.js', '0x', 'd3-fg'],
  },
};

interface Import {
  readonly from: string;
  readonly specifier: string;
}

const IMPORT =
  /(?:^|[\s;}])(?:import|export)\s(?:[^'"();]*?\sfrom\s)?['"]([^'"]+)['"]|\b(?:import|require)\(\s*['"]([^'"]+)['"]\s*\)/gm;

function importsOf(file: string, text: string): Import[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  return [...code.matchAll(IMPORT)].map(match => ({ from: file, specifier: match[1] ?? match[2] ?? '' }));
}

const isSource = (name: string): boolean => /\.[cm]?tsx?$/.test(name);

/** `src/model/cpu/reader.ts` belongs to `model`, `webview-ui/main.ts` to `webview-ui`. */
function layerOf(file: string): string {
  const [first = '', second = ''] = file.split('/');
  return first === 'src' ? second : first;
}

function allowed(found: Import): boolean {
  const layer = LAYERS[layerOf(found.from)];
  if (!layer) return false;
  if (found.specifier.startsWith('.')) {
    const target = layerOf(path.posix.join(path.posix.dirname(found.from), found.specifier));
    return target === layerOf(found.from) || layer.layers.includes(target);
  }
  return layer.packages.some(pattern =>
    pattern.endsWith('*')
      ? found.specifier.startsWith(pattern.slice(0, -1))
      : found.specifier === pattern || found.specifier.startsWith(`${pattern}/`),
  );
}

function violations(files: ReadonlyMap<string, string>): string[] {
  return [...files]
    .flatMap(([file, text]) => importsOf(file, text))
    .filter(found => !allowed(found))
    .map(({ from, specifier }) => `${from} -> ${specifier}`);
}

/** Depth first over relative imports; a file met again while it is open closes a cycle. */
function cycles(files: ReadonlyMap<string, string>): string[] {
  const state = new Map<string, 'open' | 'done'>();
  const found: string[] = [];
  const visit = (file: string, trail: readonly string[]): void => {
    if (state.get(file) === 'open') found.push([...trail.slice(trail.indexOf(file)), file].join(' -> '));
    if (state.has(file)) return;
    state.set(file, 'open');
    for (const { specifier } of importsOf(file, files.get(file) ?? ''))
      if (specifier.startsWith('.')) {
        const target = path.posix.join(path.posix.dirname(file), specifier);
        if (files.has(target)) visit(target, [...trail, file]);
      }
    state.set(file, 'done');
  };
  for (const file of files.keys()) visit(file, []);
  return found;
}

function read(folder: string): Map<string, string> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isSource);
  return new Map(
    names.map(name => {
      const file = path.posix.join(folder, name.replaceAll('\\', '/'));
      return [file, readFileSync(file, 'utf8')];
    }),
  );
}

const project = new Map([...read('src'), ...read('webview-ui')]);

describe('the layers of the project', () => {
  test('no file imports a layer or a package that its own layer may not', () => {
    expect(violations(project)).toEqual([]);
  });

  test('no import cycles', () => {
    expect(cycles(project)).toEqual([]);
  });

  test('every folder of src is a layer', () => {
    expect([...project.keys()].map(layerOf).filter(layer => !LAYERS[layer])).toEqual([]);
  });
});

describe('the layer rule itself', () => {
  const check = (file: string, text: string) => violations(new Map([[file, text]]));

  test.each([
    ['a value', `import { a } from '../../collect/recorder.ts';`],
    ['a type', `import type { A } from '../../collect/recorder.ts';`],
    ['a side effect', `import '../../collect/recorder.ts';`],
    ['a re-export', `export { a } from '../../collect/recorder.ts';`],
    ['a dynamic import', `const a = import('../../collect/recorder.ts');`],
    ['many lines', `import {\n  a,\n  b,\n} from '../../collect/recorder.ts';`],
  ])('sees %s that crosses a layer', (_, text) => {
    expect(check('src/model/cpu/x.ts', text)).toHaveLength(1);
  });

  test('sees packages, node modules and vscode', () => {
    expect(check('src/analysis/cpu/x.ts', `import fs from 'node:fs';`)).toHaveLength(1);
    expect(check('src/backend/x.ts', `import type { Uri } from 'vscode';`)).toHaveLength(1);
    expect(check('webview-ui/x.ts', `import fs from 'node:fs';`)).toHaveLength(1);
  });

  test('lets through what is allowed, and text in comments', () => {
    expect(check('src/collect/x.ts', `import WebSocket from 'ws';\n// import x from 'vscode'\n`)).toEqual([]);
  });

  test('names a cycle', () => {
    const files = new Map([
      ['src/model/a.ts', `import './b.ts';`],
      ['src/model/b.ts', `import './c.ts';`],
      ['src/model/c.ts', `import './a.ts';`],
    ]);
    expect(cycles(files)).toEqual(['src/model/a.ts -> src/model/b.ts -> src/model/c.ts -> src/model/a.ts']);
  });
});
