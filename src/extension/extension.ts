/** The VS Code extension: commands, the status item, the view and the hints; everything else is the server's. */
import * as vscode from 'vscode';
import { attach } from './capture/attach.ts';
import { CommandRegistry } from './command-registry.ts';
import { Captures } from './capture/captures.ts';
import { profileDebugSession } from './capture/debug-session.ts';
import { DebugSessions } from './capture/debug-sessions.ts';
import { profileCurrent } from './capture/launch.ts';
import { registerStatus } from './capture/status.ts';
import { ServerConnection } from './connection.ts';
import { showFailure } from './failures.ts';
import { registerHints } from './hints/register.ts';
import { RecordingsModel } from './recordings.ts';
import { rememberOpen } from './remember-open.ts';
import { UNCOUNTED } from './telemetry/usage.ts';
import { registerView } from './view/register.ts';

/** Id of a recording to open at the start: the demo's. */
const SHOWN_VARIABLE = 'SLOWCATCH_SHOW';

/**
 * Registers everything and starts nothing: the server comes with the first command or visible view, or for the
 * recording that was open before.
 */
function start(context: vscode.ExtensionContext): ServerConnection {
  const { subscriptions } = context;
  const connection = new ServerConnection({
    client: context.asAbsolutePath('dist/client.cjs'),
    server: context.asAbsolutePath('dist/server.cjs'),
    options: () => serverOptions(context),
    onCrash: crashed,
    onRestart: () => void model.refresh().catch(showFailure),
  });
  const model = new RecordingsModel(connection, showFailure);
  const captures = new Captures(connection, id => showResult(model, id));
  const sessions = new DebugSessions();
  const commands = new CommandRegistry(UNCOUNTED);

  function crashed(isRestarted: boolean): void {
    captures.lost();
    const message = isRestarted
      ? vscode.l10n.t(
          'Slowcatch’s background process ended unexpectedly and was started again; what was recorded until then is kept.',
        )
      : vscode.l10n.t(
          'Slowcatch’s background process ended unexpectedly again and again, and is started with the next command; what was recorded until then is kept.',
        );
    void vscode.window.showWarningMessage(message);
  }

  subscriptions.push(
    ...[model, captures, sessions],
    commands.register('slowcatch.profileCurrent', () => profileCurrent(captures)),
    commands.register('slowcatch.attach', target =>
      attach(captures, connection, typeof target === 'string' ? target : undefined),
    ),
    commands.register('slowcatch.profileDebugSession', item =>
      profileDebugSession(captures, sessions, sessionId(item)),
    ),
    commands.register('slowcatch.stop', () => captures.stopByUser()),
    // What the server was told when it started has changed: the next request starts another.
    vscode.workspace.onDidGrantWorkspaceTrust(() => restart(connection)),
    vscode.workspace.onDidChangeWorkspaceFolders(() => captures.current ?? restart(connection)),
  );
  registerStatus(subscriptions, captures, model);
  const hints = registerHints(subscriptions, commands, model);
  registerView(subscriptions, commands, model, connection, hints);
  const shown = process.env[SHOWN_VARIABLE];
  const opened = shown ? showResult(model, shown) : rememberOpen(context.workspaceState, model);
  opened.catch(showFailure);
  return connection;
}

function serverOptions(context: vscode.ExtensionContext) {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return {
    recordingsFolder: vscode.Uri.joinPath(context.globalStorageUri, 'recordings').fsPath,
    viewsFolder: viewsUri(context).fsPath,
    workspaceFolders: folders.filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath),
    isTrusted: vscode.workspace.isTrusted,
  };
}

const viewsUri = ({ globalStorageUri }: vscode.ExtensionContext): vscode.Uri =>
  vscode.Uri.joinPath(globalStorageUri, 'views');

/** The Call Stack view gives the item that a menu was opened on. */
function sessionId(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null || !('sessionId' in item)) return undefined;
  return typeof item.sessionId === 'string' ? item.sessionId : undefined;
}

/** The editor keeps the focus. */
async function showResult(model: RecordingsModel, id: string): Promise<void> {
  await model.open(id);
  await vscode.commands.executeCommand('slowcatch.view.focus', { preserveFocus: true });
}

const restart = (connection: ServerConnection): void => void connection.stop().catch(showFailure);

/** VS Code gives `deactivate` no context: the connection that it ends has to be kept here. */
function extension() {
  let connection: ServerConnection | undefined;
  return {
    activate: (context: vscode.ExtensionContext): void => {
      connection = start(context);
    },
    deactivate: (): Promise<void> | undefined => connection?.stop(),
  };
}

export const { activate, deactivate } = extension();
