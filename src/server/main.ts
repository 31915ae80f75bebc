/** The language server process: the backend's use cases behind the requests of contracts/server.ts. */
import path from 'node:path';
import { createConnection, LSPErrorCodes, ProposedFeatures, ResponseError } from 'vscode-languageserver/node';
import type {
  ServerFailure,
  ServerNotifications,
  ServerOptions,
  ServerRequests,
} from '../contracts/server.ts';
import { UserError } from '../contracts/user-error.ts';
import { SlowcatchServer } from './slowcatch-server.ts';

/** The bundle lies beside ours. */
const AGENT = path.join(__dirname, 'agent.cjs');

const connection = createConnection(ProposedFeatures.all);
let server: SlowcatchServer | undefined;

function notify<M extends keyof ServerNotifications>(method: M, parameters: ServerNotifications[M]): void {
  void connection.sendNotification(method, parameters);
}

connection.onInitialize(({ initializationOptions }) => {
  server = new SlowcatchServer({ ...(initializationOptions as ServerOptions), agent: AGENT }, notify);
  return { capabilities: {} };
});

connection.onShutdown(() => server?.dispose());

type Handler<M extends keyof ServerRequests> = (
  parameters: ServerRequests[M][0],
  server: SlowcatchServer,
) => Promise<ServerRequests[M][1]>;

const HANDLERS: { readonly [M in keyof ServerRequests]: Handler<M> } = {
  'slowcatch/begin': (request, to) => to.begin(request),
  'slowcatch/environment': (request, to) => to.environment(request),
  'slowcatch/stop': ({ id, endedBy }, to) => to.stop(id, endedBy),
  'slowcatch/processes': (_none, to) => to.processes(),
  'slowcatch/recordings': (_none, to) => to.recordings.list(),
  'slowcatch/change': ({ id, ...changes }, to) => to.change(id, changes),
  'slowcatch/delete': ({ id }, to) => to.delete(id),
  'slowcatch/open': ({ id, metric }, to) => to.open(id, metric),
  'slowcatch/openRange': ({ id, range }, to) => to.openRange(id, range),
  'slowcatch/callers': (request, to) => to.callers(request),
  'slowcatch/mapFolder': ({ id, folder }, to) => to.mapFolder(id, folder),
  'slowcatch/flame': (request, to) => to.flame(request),
  'slowcatch/flamePlace': async ({ id, index }, to) => to.flames.place(id, index),
  'slowcatch/flameFunctions': async ({ id }, to) => to.flames.functions(id),
  'slowcatch/flameFunctionAt': async ({ id, ...at }, to) => to.flames.functionAt(id, at),
  'slowcatch/runtime': ({ id }, to) => to.runtimeViews.open(id),
  'slowcatch/watchRuntime': ({ id, isOn }, to) => to.runtimeViews.watch(id, isOn),
  'slowcatch/keptOperations': (of, to) => to.operationViews.nodesOf(of),
  'slowcatch/operation': (asked, to) => to.operationViews.view(asked),
  'slowcatch/operationText': (asked, to) => to.operationViews.text(asked),
  'slowcatch/heapOpen': ({ id, file }, to) => to.heaps.open(id, file),
  'slowcatch/heapRows': ({ id, ...ask }, to) => to.heaps.ask(id, 'rows', ask),
  'slowcatch/heapDetail': ({ id, of }, to) => to.heaps.ask(id, 'detail', of),
  'slowcatch/heapClose': ({ id }, to) => to.closeHeap(id),
  'slowcatch/compareSnapshots': ({ id, files }, to) => to.leakViews.compare(id, files),
  'slowcatch/leaks': (asked, to) => to.leakViews.view(asked),
  'slowcatch/takeSnapshot': ({ id, isForced }, to) => to.leakViews.take(id, isForced),
  'slowcatch/leaksText': (asked, to) => to.leakViews.text(asked),
  'slowcatch/functions': ({ file, text }, to) => to.functions.of(file, text),
  'slowcatch/export': (request, to) => to.export(request),
};

for (const [method, handle] of Object.entries(HANDLERS))
  connection.onRequest(method, (parameters: never) =>
    answer(handle as Handler<keyof ServerRequests>, parameters),
  );

async function answer(handle: Handler<keyof ServerRequests>, parameters: never): Promise<unknown> {
  try {
    if (!server) throw new UserError('internal', { detail: 'the server was not initialised' });
    return await handle(parameters, server);
  } catch (error) {
    return new ResponseError<ServerFailure>(LSPErrorCodes.RequestFailed, String(error), failureOf(error));
  }
}

function failureOf(error: unknown): ServerFailure {
  const known =
    error instanceof UserError
      ? error
      : new UserError('internal', {
          detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
        });
  return known.inEditor;
}

connection.listen();
