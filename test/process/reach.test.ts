/** What of a program is recorded, and what the agent leaves alone, where a program does unusual things. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { attachTo } from '../../src/collect/attach/attach.ts';
import { AGENT_VARIABLE, type AgentConfiguration } from '../../src/contracts/agent.ts';
import {
  BYSTANDERS_FILE,
  SCRIPTS_FILE,
  SOURCES_FOLDER,
  THREAD_FOLDER_PATTERN,
} from '../../src/contracts/recording-files.ts';
import { bundle, freePort, Program, startHost, type Host } from './attach-world.ts';
import { documentOf, ROOT, runCommand, slowcatch, temporaryFolders } from './cli.ts';
import { EDGES } from './node-matrix.ts';

const temporaryFolder = temporaryFolders();
const burn = (milliseconds: number): string =>
  `const end = Date.now() + ${milliseconds}; while (Date.now() < end) Math.sqrt(end);`;

let agent = '';
let host: Host;

beforeAll(async () => {
  agent = await bundle('src/agent/entry.ts', 'cjs', 'node12');
});
beforeEach(async () => {
  host = await startHost(agent);
});
afterEach(() => host.dispose());

/** The environment by which a launch brings the agent in. */
const launched = (configuration: AgentConfiguration): Record<string, string> => ({
  NODE_OPTIONS: `--require ${agent}`,
  [AGENT_VARIABLE]: JSON.stringify(configuration),
});

const threadFolders = (folder: string): string[] =>
  readdirSync(folder).filter(name => THREAD_FOLDER_PATTERN.test(name));

describe.each(EDGES)('on Node.js $major', ({ binary }) => {
  test('children are recorded whose NODE_OPTIONS the program replaces or removes', async () => {
    const code = `
      const { fork, spawnSync, execFileSync } = require('node:child_process');
      const burn = ${JSON.stringify(burn(400))};
      const env = { ...process.env, NODE_OPTIONS: '--max-old-space-size=512' };
      execFileSync(process.execPath, ['-e', burn], { env });
      delete process.env.NODE_OPTIONS;
      fork(process.argv[1], []);
    `;
    const program = path.join(temporaryFolder(), 'child.cjs');
    writeFileSync(program, burn(400));
    const ended = await slowcatch(['run', '--json', '--', binary, '-e', code, program]);
    const { threads, problems } = documentOf(ended);
    expect(problems).toEqual([]);
    expect(new Set(threads.map(({ pid }) => pid)).size).toBe(3);
  });

  test('worker threads and children of an attached program are recorded that begin later', async () => {
    const program = await Program.start(
      binary,
      [`--inspect-port=${await freePort()}`],
      `
        const childProcess = require('node:child_process');
        const workerThreads = require('node:worker_threads');
        const work = ${JSON.stringify(burn(100))};
        const timer = setInterval(() => {
          new workerThreads.Worker(work, { eval: true });
          childProcess.execFileSync(process.execPath, ['-e', work]);
        }, 2000);
        ending.push(() => clearInterval(timer));
      `,
    );
    const before = await program.state();
    const attachment = await attachTo(String(program.pid), host.configuration);
    await vi.waitFor(
      () => {
        const names = threadFolders(host.configuration.folder);
        expect(names.some(name => !name.startsWith(`p${program.pid}-`))).toBe(true);
        expect(names.filter(name => name.startsWith(`p${program.pid}-`)).length).toBeGreaterThan(1);
      },
      { timeout: 20_000, interval: 50 },
    );
    await host.server.stopAgents(5000);
    await attachment.detach();
    await vi.waitFor(async () => expect((await program.state()).env).toEqual(before.env));
    await program.kill();
  });

  test('a program whose recording cannot be written is neither held up nor changed, and the host hears why', async () => {
    const problems: string[] = [];
    host.server.on('problem', ({ code, detail }) => problems.push(`${code}: ${detail}`));
    const configuration = { ...host.configuration, folder: path.join(temporaryFolder(), 'gone') };
    const begun = performance.now();
    const ended = await runCommand([binary, '-e', 'setTimeout(() => console.log("done"), 300)'], {
      env: launched(configuration),
    });
    const seconds = (performance.now() - begun) / 1000;
    expect(ended).toEqual({ code: 0, signal: null, stdout: 'done\n', stderr: '' });
    // It would wait 2 s for a collector to begin, and 8 s for one to finish.
    expect(seconds).toBeLessThan(2);
    await vi.waitFor(() => expect(problems).not.toEqual([]));
    expect(problems).toEqual([expect.stringMatching(/^segment-not-written: ENOENT/)]);
  });

  test('what a program starts after the end of its recording is left alone', async () => {
    const configuration = { ...host.configuration };
    await host.server.dispose();
    const ended = await runCommand([binary, '-e', 'console.log("done")'], { env: launched(configuration) });
    expect(ended).toEqual({ code: 0, signal: null, stdout: 'done\n', stderr: '' });
    expect(threadFolders(configuration.folder)).toEqual([]);
    expect(existsSync(path.join(configuration.folder, BYSTANDERS_FILE))).toBe(false);
  });

  test('accessors that a program puts on Error are never called', async () => {
    const code = `
      let calls = 0;
      for (const name of ['prepareStackTrace', 'stackTraceLimit'])
        Object.defineProperty(Error, name, { get: () => { calls++; }, set: () => { calls++; }, configurable: true });
      setTimeout(() => { const seen = calls; ${burn(1200)} console.log('calls', calls - seen); }, 10);
    `;
    const { stdout } = await runCommand([binary, '-e', code], { env: launched(host.configuration) });
    expect(stdout).toBe('calls 0\n');
  });

  test('a text that a hook of the program makes is recorded as it runs, not as the file has it', async () => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, 'lib'));
    writeFileSync(path.join(folder, 'lib', 'work.js'), `module.exports = () => { ${burn(1500)} };\n`);
    writeFileSync(
      path.join(folder, 'main.cjs'),
      `const Module = require('node:module');
       const load = Module._extensions['.js'];
       Module._extensions['.js'] = (module, file) => {
         const compile = module._compile;
         module._compile = (text, name) => compile.call(module, '// made by a hook\\n' + text, name);
         load(module, file);
       };
       setTimeout(() => require('./lib/work.js')(), 400);`,
    );
    await runCommand([binary, 'main.cjs'], { cwd: folder, env: launched(host.configuration) });
    expect(textsOf(host.configuration.folder, 'work.js').at(-1)).toContain('// made by a hook');
  });

  test('a file that only tsx can run has no lines but true ones, also where its text was lost', async () => {
    const folder = temporaryFolder();
    const work = (name: string): string =>
      ['interface Never {', '  seen: string;', '}', `export function ${name}(end: number): void {`]
        .concat(['  while (Date.now() < end) Math.sqrt(end);', '}', ''])
        .join('\n');
    writeFileSync(path.join(folder, 'early.ts'), work('early'));
    writeFileSync(path.join(folder, 'late.ts'), work('late'));
    writeFileSync(
      path.join(folder, 'main.ts'),
      `import { early } from './early';
       early(Date.now() + 1800);
       setTimeout(async () => {
         const { late } = await import('./late');
         late(Date.now() + 1500);
         process.kill(process.pid, 'SIGKILL');
       }, 100);`,
    );
    const tsx = path.join(ROOT, 'node_modules', 'tsx', 'dist', 'cli.mjs');
    const { hotLines, hotFunctions, problems } = documentOf(
      await slowcatch(['run', '--json', '--', binary, tsx, 'main.ts'], { cwd: folder }),
    );
    const of = (name: string) => hotLines.filter(({ file }) => file.endsWith(name)).map(({ line }) => line);
    expect(of('early.ts')[0]).toBe(5);
    expect(hotFunctions.map(({ name }) => name)).toContain('late');
    const isLost = problems.some(
      ({ code, message }) => code === 'source-text-missing' && message.includes('late.ts'),
    );
    expect(of('late.ts').slice(0, 1)).toEqual(isLost ? [] : [5]);
  });
});

/** The texts that are recorded of the scripts of this name, in the order of their records. */
function textsOf(recording: string, name: string): string[] {
  return threadFolders(recording)
    .flatMap(folder =>
      readFileSync(path.join(recording, folder, SCRIPTS_FILE), 'utf8')
        .trim()
        .split('\n'),
    )
    .map(line => JSON.parse(line) as { url: string; sha256: string | null })
    .filter(({ url, sha256 }) => url.endsWith(name) && sha256 !== null)
    .map(({ sha256 }) => {
      const file = path.join(recording, SOURCES_FOLDER, `${sha256 ?? ''}.js.gz`);
      return zlib.gunzipSync(readFileSync(file)).toString('utf8');
    });
}
