/** The extension's side of the boundary to the server; the language client behind it is loaded when first needed. */
import { createRequire } from 'node:module';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ServerNotifications, ServerOptions, ServerRequests } from '../contracts/server.ts';
import type * as clientBundle from './client-parts.ts';
import type * as client from './client.ts';
import type { Client } from './client.ts';

export interface Connection {
  /** Rejects with an Error that has a `ServerFailure` as `data`. */
  request<M extends keyof ServerRequests>(
    method: M,
    params: ServerRequests[M][0],
  ): Promise<ServerRequests[M][1]>;
  /** Handlers stay when the server is started again. */
  on<M extends keyof ServerNotifications>(
    method: M,
    handler: (params: ServerNotifications[M]) => void,
  ): { dispose(): void };
}

export interface ServerSettings {
  /** Absolute path of the language client's bundle. */
  readonly client: string;
  /** Absolute path of the server's bundle. */
  readonly server: string;
  /** Read at each start of the server. */
  readonly options: () => ServerOptions;
  /** The server ended unexpectedly; everything that ran in it is over, what it has written is kept. */
  readonly onCrash: (isRestarted: boolean) => void;
  /** The server is up again after a crash: what it said before may not hold any more. */
  readonly onRestart: () => void;
}

type Handler = (params: never) => void;

/** Starts the server with the first request. */
export class ServerConnection implements Connection {
  readonly #settings: ServerSettings;
  readonly #handlers = new Map<string, Set<Handler>>();
  #client: Promise<Client> | undefined;

  constructor(settings: ServerSettings) {
    this.#settings = settings;
  }

  async request<M extends keyof ServerRequests>(
    method: M,
    params: ServerRequests[M][0],
  ): Promise<ServerRequests[M][1]> {
    this.#client ??= this.#start();
    const client = await this.#client;
    return (await client.request(method, params)) as ServerRequests[M][1];
  }

  on<M extends keyof ServerNotifications>(method: M, handler: (params: ServerNotifications[M]) => void) {
    const handlers = this.#handlers.get(method) ?? new Set();
    this.#handlers.set(method, handlers.add(handler));
    return { dispose: () => void handlers.delete(handler) };
  }

  /** Ends the server if there is one; the next request starts another, with the options of then. */
  async stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await (await client)?.stop();
  }

  async #start(): Promise<Client> {
    const { client, server, options, onCrash, onRestart } = this.#settings;
    try {
      const { startClient } = await load(client);
      return await startClient({
        server,
        options,
        onNotification: (method, params) => {
          for (const handler of this.#handlers.get(method) ?? []) handler(params as never);
        },
        onCrash: isRestarted => {
          if (!isRestarted) this.#client = undefined;
          onCrash(isRestarted);
        },
        onRestart,
      });
    } catch (error) {
      this.#client = undefined;
      throw error;
    }
  }
}

/** The bundle only defines its parts; they are loaded with turns of the event loop between them. */
async function load(bundle: string): Promise<typeof client> {
  const { loadClient } = createRequire(bundle)(bundle) as typeof clientBundle;
  await nextTurn();
  return loadClient();
}
