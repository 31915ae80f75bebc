/**
 * JavaScript that is evaluated in the program, in the syntax of old Nodes. `process.getBuiltinModule` is there from
 * Node 20.16; before, the inspector's command line API holds a `require`.
 */
import * as v from 'valibot';
import { AGENT_SYMBOL_NAME, AGENT_VARIABLE, type AgentConfiguration } from '../../contracts/agent.ts';

/** What a program answers about itself; whatever listens at an address may answer anything. */
export const IdentitySchema = v.object({
  version: v.string(),
  /** Node 26 has none of these before its own code has begun. */
  pid: v.optional(v.number(), 0),
  execArgv: v.optional(v.array(v.string()), []),
  argv: v.optional(v.array(v.string()), []),
  /** Its own code has begun; before (`--inspect-brk`) nothing can be loaded. */
  started: v.boolean(),
  /** Node's permission model is on. */
  restricted: v.boolean(),
  /** An agent is at work. */
  active: v.boolean(),
  /** The first of our files that it cannot use, with the system's reason; null when it can use all. */
  unusable: v.nullable(v.object({ file: v.string(), reason: v.string() })),
});
export type Identity = v.InferOutput<typeof IdentitySchema>;

/** What an expression at rest evaluates to when the thread is in the middle of something. */
export const NOT_NOW = 'slowcatch-not-now';
/** … and when it has to be evaluated with the command line API: Node before 20.16. */
export const WITH_REQUIRE = 'slowcatch-with-require';

/**
 * An evaluation interrupts the thread wherever it is, also in the middle of Node's own code: there it would meet half
 * loaded modules, and a Node that is still starting can even fail for it. So the body runs only where the thread waits
 * for events, or runs code of the program. `builtin` is its way to Node's modules.
 *
 * A browser, which has no `process`, evaluates to null. With `anywhere` the body also runs inside Node's own code, but
 * never while modules are being loaded.
 */
export function atRest(body: string, anywhere: boolean): string {
  return `(function () {
    if (typeof process !== 'object') return typeof self === 'object' ? null : '${NOT_NOW}';
    function interrupted() {
      var limit = Error.stackTraceLimit, prepare = Error.prepareStackTrace;
      Error.stackTraceLimit = 200;
      Error.prepareStackTrace = function (_, sites) { return sites; };
      var sites = new Error().stack;
      Error.stackTraceLimit = limit;
      Error.prepareStackTrace = prepare;
      return sites.slice(3).map(function (site) { return site.getFileName(); }).filter(Boolean);
    }
    var files = interrupted();
    var loads = files.some(function (file) { return /^node:internal.(bootstrap|process.pre_execution)/.test(file); });
    var inNode = files.length > 0 && files[0].indexOf('node:') === 0;
    if (loads || (inNode && !${anywhere})) return '${NOT_NOW}';
    var builtin = process.getBuiltinModule || (typeof require === 'function' ? require : undefined);
    if (!builtin) return '${WITH_REQUIRE}';
    ${body}
  })()`;
}

/** Evaluates to an `Identity`, or to null where there is no Node. */
export function identityBody({ agent, folder, socket }: AgentConfiguration): string {
  const files = [
    { file: agent, mode: 'R_OK' },
    { file: folder, mode: 'W_OK' },
    ...(socket.startsWith('\\\\') ? [] : [{ file: socket, mode: 'W_OK' }]),
  ];
  return `
    var files = ${JSON.stringify(files)};
    if (!process.versions || !process.versions.node) return null;
    function started() {
      try { return builtin('util').debuglog('slowcatch').enabled !== undefined; } catch (_) { return false; }
    }
    function unusable() {
      var fs = builtin('fs');
      for (var i = 0; i < files.length; i++) {
        try { fs.accessSync(files[i].file, fs.constants[files[i].mode]); }
        catch (error) { return { file: files[i].file, reason: String(error.code || error.message) }; }
      }
      return null;
    }
    return {
      pid: process.pid, version: process.version, execArgv: process.execArgv, argv: process.argv,
      started: started(),
      restricted: 'permission' in process,
      active: Symbol.for(${JSON.stringify(AGENT_SYMBOL_NAME)}) in globalThis,
      unusable: unusable()
    };`;
}

/**
 * Evaluates to the `AttachOutcome` of the agent bundle, loaded afresh: a program that was once launched by us still
 * holds the bundle and the variable of that recording, and gets both back. A worker thread can load nothing before
 * it knows its file.
 */
export function attachBody(configuration: AgentConfiguration): string {
  return `
    var configuration = ${JSON.stringify(configuration)}, variable = ${JSON.stringify(AGENT_VARIABLE)};
    if (!builtin('worker_threads').isMainThread && process.argv.length < 2) return '${NOT_NOW}';
    var load = builtin('module').createRequire(configuration.agent);
    var file = load.resolve(configuration.agent), cached = load.cache[file], value = process.env[variable];
    delete load.cache[file];
    delete process.env[variable];
    try { return load(file).attach(configuration); }
    finally {
      delete load.cache[file];
      if (cached) load.cache[file] = cached;
      if (value !== undefined) process.env[variable] = value;
    }`;
}

/**
 * Closes the inspector after so many milliseconds, in place of what an earlier evaluation has set. Not at once: while
 * it is evaluated, the session that asks for it cannot end. Only in this process: the port could be another's.
 */
export function closeBody(pid: number | undefined, milliseconds: number): string {
  return `
    if (process.pid !== ${pid}) return;
    var inspector = builtin('inspector'), timers = builtin('timers'), closing = Symbol.for('slowcatch.closing.1');
    function close() { delete globalThis[closing]; inspector.close(); }
    timers.clearTimeout(globalThis[closing]);
    var timer = timers.setTimeout(close, ${milliseconds}).unref();
    Object.defineProperty(globalThis, closing, { value: timer, configurable: true, enumerable: false });`;
}
