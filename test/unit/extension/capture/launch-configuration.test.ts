import { describe, expect, test } from 'vitest';
import {
  attachTarget,
  beginLaunch,
  type Configuration,
  kindOf,
  launchEnvironment,
  withCapture,
} from '../../../../src/extension/capture/launch-configuration.ts';

const configuration = (changes: Record<string, unknown> = {}): Configuration => ({
  type: 'pwa-node',
  name: 'shop',
  request: 'launch',
  ...changes,
});

describe('kind of a configuration', () => {
  test.each([
    ['launch', {}],
    ['launch', { type: 'node-terminal', command: 'npm start' }],
    ['attach', { request: 'attach', port: 9229 }],
    ['inner', { __parentId: 'x' }],
    ['inner', { __pendingTargetId: '0', request: 'attach' }],
    ['foreign', { type: 'debugpy' }],
    ['foreign', { type: 'pwa-chrome' }],
  ])('%s: %j', (kind, changes) => {
    expect(kindOf(configuration(changes))).toBe(kind);
  });
});

describe('where to attach instead', () => {
  test.each([
    [{ port: 9229 }, '127.0.0.1:9229'],
    [{ port: '9230', address: 'localhost' }, '127.0.0.1:9230'],
    [{ port: 9229, address: 'box.local' }, 'box.local:9229'],
    [{ processId: '4711' }, '4711'],
    [{ processId: '${command:PickProcess}' }, undefined],
    [{ websocketAddress: 'ws://…' }, undefined],
  ])('%j → %s', (changes, expected) => {
    expect(attachTarget(configuration({ request: 'attach', ...changes }))).toBe(expected);
  });
});

describe('what is launched', () => {
  test('is named by its words', () => {
    const launched = configuration({
      ...{ runtimeExecutable: 'npm', runtimeArgs: ['run', 'start'], args: ['--port', '1'], cwd: '/shop' },
    });
    expect(beginLaunch(launched, '/elsewhere', { intervalMicroseconds: 1000 })).toEqual({
      ...{ kind: 'launch', name: 'shop', cwd: '/shop', intervalMicroseconds: 1000 },
      command: ['npm', 'run', 'start', '--port', '1'],
    });
  });

  test('in a terminal is one command line', () => {
    const launched = configuration({ type: 'node-terminal', command: 'node a.js && node b.js' });
    expect(beginLaunch(launched, '/shop', { intervalMicroseconds: 1000 })).toMatchObject({
      command: ['node a.js && node b.js'],
      cwd: '/shop',
    });
  });

  test('with nonsense in it is still launched: VS Code has its own words for that', () => {
    const launched = configuration({ program: 7, args: { a: 1 }, cwd: null, env: 'none', envFile: 5 });
    expect(beginLaunch(launched, '/shop', { intervalMicroseconds: 1000 })).toMatchObject({
      command: [],
      cwd: '/shop',
    });
    expect(launchEnvironment(launched, 'r1', undefined)).toEqual({
      id: 'r1',
      env: {},
      flags: [],
      isDebugged: true,
    });
  });
});

describe('environment', () => {
  test('goes to the server as the configuration has it', () => {
    const launched = configuration({ env: { PORT: 80, OFF: null, A: 'a', B: [] }, envFile: '/shop/.env' });
    expect(launchEnvironment(launched, 'r1', '--inspect')).toEqual({
      ...{ id: 'r1', envFile: '/shop/.env', inheritedNodeOptions: '--inspect' },
      env: { PORT: '80', OFF: null, A: 'a' },
      flags: [],
      isDebugged: true,
    });
  });

  test('of the server is added, and its values win', () => {
    const launched = configuration({ program: 'a.js', env: { A: 'a', NODE_OPTIONS: '-r x' } });
    expect(withCapture(launched, 'r1', { NODE_OPTIONS: '-r x -r agent' })).toEqual(
      configuration({ program: 'a.js', env: { A: 'a', NODE_OPTIONS: '-r x -r agent' }, __slowcatch: 'r1' }),
    );
  });
});
