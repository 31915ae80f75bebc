/**
 * HTTP/2 requests that the program serves. Node tells of them from version 22 on only, and loading its module takes long:
 * so a server's class is found at its first connection, and its `stream` event is a request's beginning.
 */
import diagnostics from 'node:diagnostics_channel';
import type { Guest } from '../guest.ts';
import { followEvents, operationOf, putInto } from './emitted-in.ts';
import type { Follow } from './follow.ts';
import type { FollowedOperation } from './followed-operation.ts';
import type { PathNames } from './path-names.ts';
import { RequestFacts } from './request-facts.ts';
import { RequestSites } from './request-sites.ts';
import { dataOf } from './route-name.ts';

const SERVERS = new Set(['Http2Server', 'Http2SecureServer']);

type Headers = Readonly<Record<string, unknown>>;
interface Stream {
  readonly sentHeaders?: Headers;
  readonly aborted?: boolean;
}
interface Emitter {
  emit(this: unknown, name: string | symbol, ...parameters: unknown[]): boolean;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export class Http2Roots {
  private readonly seen = new Set<object>();
  private readonly undo: (() => void)[] = [];
  private readonly sites: RequestSites;

  constructor(
    private readonly follow: Follow,
    private readonly guest: Guest,
    names: PathNames,
  ) {
    this.sites = new RequestSites(names);
  }

  start(): void {
    const connected = (message: unknown): void =>
      this.guest.quietly(
        () => this.look(dataOf((message as { socket?: unknown }).socket, 'server')),
        undefined,
      );
    diagnostics.subscribe('net.server.socket', connected);
    this.undo.push(() => diagnostics.unsubscribe('net.server.socket', connected));
    // Servers of a program that runs already, whose clients may stay connected.
    const { _getActiveHandles: handles } = process as unknown as { _getActiveHandles?: () => unknown[] };
    for (const handle of handles?.call(process) ?? []) this.look(handle);
  }

  end(): void {
    for (const undo of this.undo.splice(0)) this.guest.quietly(undo, undefined);
  }

  private look(server: unknown): void {
    if (typeof server !== 'object' || server === null) return;
    const prototype = Object.getPrototypeOf(server) as object | null;
    if (prototype === null || this.seen.has(prototype)) return;
    this.seen.add(prototype);
    const name = dataOf(dataOf(prototype, 'constructor'), 'name');
    if (typeof name === 'string' && SERVERS.has(name)) this.undo.push(this.followServers(prototype));
  }

  private followServers(prototype: object): () => void {
    const target = prototype as Emitter;
    const above = Object.getPrototypeOf(target) as Emitter;
    const emitting = (name: string | symbol, parameters: readonly unknown[], work: () => boolean): boolean =>
      this.emitting(name, parameters, work);
    const emit: Emitter['emit'] = function emit(name, ...parameters) {
      return emitting(name, parameters, () => above.emit.call(this, name, ...parameters));
    };
    Object.defineProperty(target, 'emit', {
      value: emit,
      writable: true,
      configurable: true,
      enumerable: false,
    });
    return () => {
      if (target.emit === emit) delete (target as Partial<Emitter>).emit;
    };
  }

  private emitting(name: string | symbol, parameters: readonly unknown[], work: () => boolean): boolean {
    if (name === 'request') this.guest.quietly(() => this.tell(parameters[0]), undefined);
    if (name !== 'stream') return work();
    const operation = this.guest.quietly(() => this.begin(parameters), undefined);
    return operation ? this.follow.run(operation, work) : work();
  }

  private begin([stream, headers]: readonly unknown[]): ReturnType<Follow['begin']> {
    const [method, path] = [dataOf(headers, ':method'), dataOf(headers, ':path')].map(text);
    const facts = new RequestFacts('http2', method ?? '', path ?? '', this.sites);
    const { follow } = this;
    const around = follow.current();
    const operation = follow.begin(facts, true);
    follow.enter(around);
    this.followStreams(Object.getPrototypeOf(stream) as object);
    putInto(stream as object, operation);
    return operation;
  }

  /** The request's object of the compatible API, to which a framework ties its route. */
  private tell(request: unknown): void {
    const operation = this.follow.current() as FollowedOperation | undefined;
    if (!(operation?.facts instanceof RequestFacts)) return;
    operation.facts.request = request;
    putInto(request as object, operation);
  }

  private followStreams(prototype: object): void {
    if (this.seen.has(prototype)) return;
    this.seen.add(prototype);
    const undo = followEvents(prototype, this.follow, operationOf, (_operation, name, stream) => {
      if (name === 'close') this.guest.quietly(() => this.closed(stream), undefined);
    });
    this.undo.push(undo);
  }

  /** Not at `finish`: the compatible API tells of it at the close, and a stream that is given up finishes too. */
  private closed(stream: Stream): void {
    const operation = operationOf(stream);
    if (!operation || operation.hasEnded) return;
    const status = stream.sentHeaders?.[':status'];
    if (typeof status !== 'number' || stream.aborted) this.follow.end(operation, { end: 'aborted' });
    else this.follow.end(operation, { end: 'ended', status });
  }
}
