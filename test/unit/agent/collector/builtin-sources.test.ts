import { Session } from 'node:inspector';
import { describe, expect, test } from 'vitest';
import { BuiltinSources } from '../../../../src/agent/collector/builtin-sources.ts';

/** By URL, as V8 runs them. */
function runningBuiltins(): Map<string, string> {
  const session = new Session();
  session.connect();
  const texts = new Map<string, string>();
  session.on('Debugger.scriptParsed', ({ params: { url, scriptId } }) => {
    if (!url.startsWith('node:')) return;
    session.post('Debugger.getScriptSource', { scriptId }, (_error, result) =>
      texts.set(url, result.scriptSource),
    );
  });
  session.post('Debugger.enable');
  session.disconnect();
  return texts;
}

describe('the texts of Node’s own scripts', () => {
  test('are those that V8 runs, to the last character', () => {
    const builtins = new BuiltinSources();
    const running = [...runningBuiltins()];
    expect(running.length).toBeGreaterThan(50);
    expect(running.filter(([url, text]) => builtins.read(url) !== text).map(([url]) => url)).toEqual([]);
  });

  test.each(['node:internal/nothing', 'node:__proto__', 'node:'])('%s is none', url => {
    expect(new BuiltinSources().read(url)).toBeUndefined();
  });
});
