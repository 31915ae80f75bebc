import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { UserError } from '../../contracts/user-error.ts';
import type { Captures } from './captures.ts';
import { cdpProxy } from './cdp-proxy.ts';
import { type DebugSessions, rootOf } from './debug-sessions.ts';
import { isNodeType } from './launch-configuration.ts';
import { requireCapturing } from './preconditions.ts';
import { recordingSettings } from './settings.ts';

/** Records the processes of a running debug session, which goes on when recording ends. */
export async function profileDebugSession(
  captures: Captures,
  sessions: DebugSessions,
  chosen: string | undefined,
): Promise<void> {
  requireCapturing();
  captures.requireIdle();
  const session =
    (chosen === undefined ? undefined : sessions.get(chosen)) ?? vscode.debug.activeDebugSession;
  if (!session || !isNodeType(session.type)) throw new UserError('attach-no-debug-session');
  const root = rootOf(session);
  const below = sessions.below(root);
  const proxies = await Promise.all((below.length > 0 ? below : [session]).map(cdpProxy));
  const found = proxies.filter(proxy => proxy !== undefined);
  if (found.length === 0) throw new UserError('attach-no-debug-session');
  const { cwd } = root.configuration;
  const folder = root.workspaceFolder?.uri.fsPath ?? homedir();
  await captures.record(
    {
      ...{ kind: 'debug-sessions', name: root.name, proxies: found },
      ...{ cwd: typeof cwd === 'string' ? cwd : folder, ...recordingSettings() },
    },
    [root.id],
  );
}
