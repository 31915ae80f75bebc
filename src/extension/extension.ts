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
import { registerExport } from './export/register.ts';
import { registerFlame } from './flame/register.ts';
import { registerHeap } from './heap/register.ts';
import { registerHints } from './hints/register.ts';
import { registerLeaks } from './leaks/register.ts';
import { registerOperations } from './operations/register.ts';
import { RecordingsModel } from './recordings.ts';
import { rememberOpen } from './remember-open.ts';
import { registerRuntime } from './runtime/register.ts';
import { ReportedUsage } from './telemetry/reported-usage.ts';
import { UNCOUNTED } from './telemetry/usage.ts';
import { watchSlowOperations } from './capture/watch.ts';
import { registerWatched } from './watched/register.ts';
import { registerView } from './view/register.ts';

/** Of Application Insights; a build without it cannot report anything. */
declare const SLOWCATCH_CONNECTION_STRING: string;

/** Id of a recording to open at the start: the demo's. */
const SHOWN_VARIABLE = 'SLOWCATCH_SHOW';

/** What has an end that VS Code waits for. */
interface Running {
  readonly connection: ServerConnection;
  readonly usage: ReportedUsage | undefined;
}

/**
 * Registers everything and starts nothing: the server comes with the first command or visible view, or for the
 * recording that was open before.
 */
function start(context: vscode.ExtensionContext): Running {
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
  const usage = SLOWCATCH_CONNECTION_STRING === '' ? undefined : reportedUsage(context);
  const commands = new CommandRegistry(usage ?? UNCOUNTED);

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
    commands.register('slowcatch.watchSlowOperations', () => watchSlowOperations(captures, connection)),
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
  const folders = { extensionUri: context.extensionUri, views: viewsUri(context) };
  registerFlame(subscriptions, commands, folders, { connection, model });
  registerRuntime(subscriptions, commands, folders, { connection, model });
  registerOperations(subscriptions, commands, folders, connection);
  registerHeap(subscriptions, commands, folders, connection);
  registerLeaks(subscriptions, commands, folders, { connection, captures, model });
  registerWatched(subscriptions, commands, connection, model);
  registerExport(subscriptions, commands, model, connection);
  const shown = process.env[SHOWN_VARIABLE];
  const opened = shown ? showResult(model, shown) : rememberOpen(context.workspaceState, model);
  opened.catch(showFailure);
  return { connection, usage };
}

function reportedUsage(context: vscode.ExtensionContext): ReportedUsage {
  const { version } = context.extension.packageJSON as { readonly version: string };
  return new ReportedUsage({
    ...{ connectionString: SLOWCATCH_CONNECTION_STRING, version },
    reporter: context.asAbsolutePath('dist/telemetry.cjs'),
    listing: context.asAbsolutePath('telemetry.json'),
  });
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

/** VS Code gives `deactivate` no context: what it ends has to be kept here. */
function extension() {
  let running: Running | undefined;
  return {
    activate: (context: vscode.ExtensionContext): void => {
      running = start(context);
    },
    deactivate: async (): Promise<void> => {
      await Promise.all([running?.connection.stop(), running?.usage?.dispose()]);
    },
  };
}

export const { activate, deactivate } = extension();
