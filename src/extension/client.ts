/** The server as the extension sees it, with the language client behind it. */
import {
  CloseAction,
  ErrorAction,
  ErrorCodes,
  LanguageClient,
  ResponseError,
  RevealOutputChannelOn,
  State,
  TransportKind,
} from 'vscode-languageclient/node';
import type { ServerFailure, ServerNotifications, ServerOptions } from '../contracts/server.ts';
import { UserError } from '../contracts/user-error.ts';
import { mayRestart } from './restarts.ts';

/** A running server. */
export interface Client {
  /** Rejects with an Error that has a `ServerFailure` as `data`. */
  request(method: string, params: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

export interface ClientSettings {
  /** Absolute path of the server's bundle. */
  readonly server: string;
  readonly options: () => ServerOptions;
  readonly onNotification: (method: string, params: unknown) => void;
  /** The server has ended unexpectedly; until it is up again requests are refused. */
  readonly onCrash: (isRestarted: boolean) => void;
  /** It is up again after a crash. */
  readonly onRestart: () => void;
}

const NOTIFICATIONS = {
  'slowcatch/capture': true,
  'slowcatch/recordingsChanged': true,
  'slowcatch/runtimeUpdate': true,
  'slowcatch/operationsUpdate': true,
  'slowcatch/heapProgress': true,
  'slowcatch/leaksChanged': true,
} satisfies Record<keyof ServerNotifications, true>;

/** Starts the server. When it crashes it is started again, unless it does so all the time. */
export async function startClient(settings: ClientSettings): Promise<Client> {
  const client = new LanguageClient(
    'slowcatch',
    'Slowcatch',
    { module: settings.server, transport: TransportKind.ipc },
    {
      initializationOptions: settings.options,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      errorHandler: restartAfterCrash(settings.onCrash),
    },
  );
  for (const method of Object.keys(NOTIFICATIONS)) {
    client.onNotification(method, (params: unknown) => settings.onNotification(method, params));
  }
  try {
    await client.start();
  } catch (error) {
    throw failure(new UserError('server-not-started', { detail: detailOf(error) }));
  }
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Running) settings.onRestart();
  });
  return {
    request: async (method, params) => {
      try {
        return await client.sendRequest<unknown>(method, params);
      } catch (error) {
        throw asFailure(error);
      }
    },
    stop: () => client.dispose(),
  };
}

function restartAfterCrash(onCrash: ClientSettings['onCrash']) {
  const crashes: number[] = [];
  return {
    error: () => ({ action: ErrorAction.Continue }),
    closed: () => {
      crashes.push(Date.now());
      const isRestarted = mayRestart(crashes);
      onCrash(isRestarted);
      return { action: isRestarted ? CloseAction.Restart : CloseAction.DoNotRestart, handled: true };
    },
  };
}

/** Codes of requests that never get an answer because the server is gone. */
const GONE = new Set<number>([
  ErrorCodes.PendingResponseRejected,
  ErrorCodes.ConnectionInactive,
  ErrorCodes.MessageWriteError,
  ErrorCodes.MessageReadError,
]);

function asFailure(error: unknown): Error {
  if (!(error instanceof ResponseError)) return failure(new UserError('server-ended'), error);
  if (isServerFailure(error.data)) return error;
  if (GONE.has(error.code)) return failure(new UserError('server-ended'), error);
  return failure(new UserError('internal', { detail: error.message }), error);
}

function isServerFailure(data: unknown): data is ServerFailure {
  return typeof data === 'object' && data !== null && 'code' in data && 'message' in data && 'advice' in data;
}

function failure(error: UserError, cause?: unknown): Error {
  const data: ServerFailure = error.inEditor;
  return Object.assign(new Error(error.message, { cause }), { data });
}

const detailOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
