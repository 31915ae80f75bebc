import * as vscode from 'vscode';
import { cdpProxy, disableProfiler } from './cdp-proxy.ts';
import { rootOf } from './debug-sessions.ts';
import { CAPTURE_KEY } from './launch-configuration.ts';

/** js-debug attaches to all that it launches, debugging or not: its profiler is switched off in what we record. */
export function quietDebugger(): vscode.Disposable {
  return vscode.debug.onDidStartDebugSession(session => {
    if (session.parentSession && rootOf(session).configuration[CAPTURE_KEY] !== undefined)
      void quiet(session);
  });
}

async function quiet(session: vscode.DebugSession): Promise<void> {
  const proxy = await cdpProxy(session);
  if (proxy !== undefined) await disableProfiler(proxy);
}
