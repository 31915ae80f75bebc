/**
 * Where armed operations wait. V8 makes the promise of an `await` while the function that awaits is on top of the stack,
 * so the innermost frame of the program when that promise comes to be IS the line of the `await`; the wait ends when
 * the promise's continuation begins. Callbacks of native resources (timers, jobs of the thread pool) are seen alike, by
 * the stack of who made the resource. The hooks are in place only while an armed operation goes on.
 */
import { createHook, executionAsyncId } from 'node:async_hooks';
import v8 from 'node:v8';
import { Itself } from './added-field.ts';
import type { ArmedListener } from './arming.ts';
import type { Causes } from './causes.ts';
import type { Context } from './context.ts';
import type { FollowedOperation } from './followed-operation.ts';
import { takeStack } from './program-stack.ts';
import type { ReadyTimes } from './ready.ts';
import { Sites, type Site } from './sites.ts';
import type { Turns } from './turns.ts';

interface PromiseHooks {
  onInit(init: (promise: object, parent: object | undefined) => void): () => void;
  onBefore(before: (promise: object) => void): () => void;
}
type Hooks = Parameters<typeof createHook>[0] & { trackPromises?: boolean };

export interface AwaitSitesParts {
  readonly context: Context<FollowedOperation>;
  readonly turns: Turns;
  readonly now: () => number;
  readonly causes: Causes;
  readonly ready: ReadyTimes;
}

/** The line itself, and who called there; a library's frames may stand between. */
const FRAMES = 8;

/** Ticks and microtasks are no waits, and these call back again and again: who made them tells little of each. */
const LASTING = new Set([
  ...[
    'TickObject',
    'Microtask',
    'TCPWRAP',
    'TCPSERVERWRAP',
    'PIPEWRAP',
    'PIPESERVERWRAP',
    'TLSWRAP',
    'UDPWRAP',
  ],
  ...['TTYWRAP', 'MESSAGEPORT', 'WORKER', 'PROCESSWRAP', 'HTTPINCOMINGMESSAGE', 'HTTPCLIENTREQUEST'],
  ...['HTTP2SESSION', 'HTTP2STREAM', 'FSEVENTWRAP', 'STATWATCHER', 'SIGNALWRAP', 'STREAMPIPE', 'BLOBREADER'],
]);

/** Kept: a program's tests put their own in its place. */
const currentId = executionAsyncId;

/** Of promises that V8's own hook tells of. */
class Sited extends Itself {
  #site: Site | undefined;

  static put(promise: object, site: Site): void {
    new Sited(promise).#site = site;
  }

  /** Undefined also where none was put, which is rare: it takes microseconds. */
  static get(promise: object): Site | undefined {
    try {
      return (promise as Sited).#site;
    } catch {
      return undefined;
    }
  }
}

export class AwaitSites implements ArmedListener {
  private armed = 0;
  /** Whose the next `await` is, where it is another one's turn already. */
  private next: Sites | undefined;
  /** Sites that go on when it is not yet their operation's turn again. */
  private early = 0;
  /** Of all resources but promises that V8's own hook tells of in their operation's turn. */
  private readonly pending = new WeakMap<object, Site>();
  private readonly stops: (() => void)[] = [];

  constructor(private readonly parts: AwaitSitesParts) {}

  begins(): Sites {
    if (this.armed++ === 0) this.start();
    return new Sites();
  }

  ended(): void {
    if (--this.armed === 0) this.stop();
  }

  nextAwaitOf(sites: Sites): void {
    this.next = sites;
  }

  stop(): void {
    this.next = undefined;
    this.early = 0;
    for (const stop of this.stops.splice(0)) stop();
    this.listen(false);
  }

  /** A callback of this resource, or of this promise, begins. */
  before = (resource: object): void => this.goesOn(this.pending.get(resource));

  private goesOn(site: Site | undefined): void {
    if (site === undefined || site.to !== undefined) return;
    site.to = this.parts.now();
    if (site.isEarly) this.early--;
  }

  /** It is the promise's operation's turn already: most have nothing to look for. */
  private promiseBefore = (promise: object): void => {
    if (this.isArmedTurn()) this.goesOn(Sited.get(promise));
    if (this.early > 0) this.before(promise);
  };

  private isArmedTurn(): boolean {
    return sitesOf(this.parts.turns.current) !== undefined;
  }

  private start(): void {
    this.listen(true);
    if (!this.parts.turns.hasPromiseHooks) return this.hook({ init: this.resourceInit });
    const { promiseHooks } = v8 as unknown as { promiseHooks: PromiseHooks };
    this.stops.push(promiseHooks.onInit(this.promiseInit), promiseHooks.onBefore(this.promiseBefore));
    this.hook({ init: this.resourceInit, trackPromises: false });
  }

  private listen(isOn: boolean): void {
    const { causes, ready } = this.parts;
    causes.listener = isOn ? this.before : undefined;
    ready.isWatched = isOn;
  }

  private hook(hooks: Hooks): void {
    const hook = createHook(hooks).enable();
    this.stops.push(() => hook.disable());
  }

  /** Promises without a parent are not waited for by anything yet. */
  private promiseInit = (promise: object, parent: object | undefined): void => {
    if (parent !== undefined && this.mayBeArmed()) this.add(promise, false, this.promiseInit);
  };

  private resourceInit = (_id: number, type: string, trigger: number, resource: object): void => {
    if (LASTING.has(type) || !this.mayBeArmed()) return;
    if (type !== 'PROMISE') this.add(resource, true, this.resourceInit);
    else if (trigger !== currentId()) this.add(resource, false, this.resourceInit);
  };

  /** Most of what comes to be while an armed operation goes on is others', and the context costs as much as all else. */
  private mayBeArmed(): boolean {
    return this.next !== undefined || this.isArmedTurn();
  }

  /** On the program's stack, in the middle of anything: never throws. */
  private add(resource: object, isCallback: boolean, below: (...parameters: never[]) => unknown): void {
    try {
      const isEarly = !isCallback && this.next !== undefined;
      const sites = isEarly ? this.next : sitesOf(this.parts.context.get());
      if (isEarly) this.next = undefined;
      if (sites === undefined) return;
      if (!sites.hasRoom()) return;
      if (isEarly) this.early++;
      const site: Site = {
        from: this.parts.now(),
        to: undefined,
        stack: takeStack(FRAMES, below),
        ...{ isCallback, isEarly },
      };
      sites.list.push(site);
      if (isCallback || isEarly || !this.parts.turns.hasPromiseHooks) this.pending.set(resource, site);
      else Sited.put(resource, site);
    } catch {
      this.stop();
    }
  }
}

/** Those of the innermost armed operation around; what goes on after its end is not its matter. */
export function sitesOf(operation: FollowedOperation | undefined): Sites | undefined {
  let found = operation;
  while (found !== undefined && (found.hasEnded || found.sites === undefined)) found = found.parent;
  return found?.sites;
}
