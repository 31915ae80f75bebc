/**
 * JavaScript that is evaluated in the program, in the syntax of old Nodes. `process.getBuiltinModule` is there from
 * Node 20.16; before, the inspector's command line API holds a `require`.
 */
import { AGENT_SYMBOL_NAME, AGENT_VARIABLE, type AgentConfiguration } from '../../contracts/agent.ts';

/** What a program answers about itself. */
export interface Identity {
  readonly pid: number;
  readonly version: string;
  readonly execArgv: readonly string[];
  readonly argv: readonly string[];
  /** Its own code has begun; before (`--inspect-brk`) nothing can be loaded. */
  readonly started: boolean;
  /** Node's permission model is on. */
  readonly restricted: boolean;
  /** An agent is at work. */
  readonly active: boolean;
  /** The first of our files that it cannot use, with the system's reason; null when it can use all. */
  readonly unusable: { readonly file: string; readonly reason: string } | null;
}

const BUILTIN = `var builtin = process.getBuiltinModule || (typeof require === 'function' ? require : undefined);`;

/** Evaluates to an `Identity`, or to null where there is no Node. */
export function identityExpression({ agent, folder, socket }: AgentConfiguration): string {
  const files = [
    { file: agent, mode: 'R_OK' },
    { file: folder, mode: 'W_OK' },
    ...(socket.startsWith('\\\\') ? [] : [{ file: socket, mode: 'W_OK' }]),
  ];
  return `(function (files) {
    if (typeof process !== 'object' || !process.versions || !process.versions.node) return null;
    ${BUILTIN}
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
      started: !!builtin && started(),
      restricted: 'permission' in process,
      active: Symbol.for(${JSON.stringify(AGENT_SYMBOL_NAME)}) in globalThis,
      unusable: builtin ? unusable() : null
    };
  })(${JSON.stringify(files)})`;
}

/**
 * Evaluates to the `AttachOutcome` of the agent bundle, loaded afresh: a program that was once launched by us still
 * holds the bundle and the variable of that recording, and gets both back.
 */
export function attachExpression(configuration: AgentConfiguration): string {
  return `(function (configuration, variable) {
    ${BUILTIN}
    var load = builtin('module').createRequire(configuration.agent);
    var file = load.resolve(configuration.agent), cached = load.cache[file], value = process.env[variable];
    delete load.cache[file];
    delete process.env[variable];
    try { return load(file).attach(configuration); }
    finally {
      delete load.cache[file];
      if (cached) load.cache[file] = cached;
      if (value !== undefined) process.env[variable] = value;
    }
  })(${JSON.stringify(configuration)}, ${JSON.stringify(AGENT_VARIABLE)})`;
}

/**
 * Closes the inspector a little later: while the session that asks for it is open, closing would wait for it.
 * Only in this process: the port could have gone to another one.
 */
export function closeExpression(pid: number | undefined): string {
  return `(function (pid) {
    if (typeof process !== 'object' || process.pid !== pid) return;
    ${BUILTIN}
    var inspector = builtin('inspector');
    builtin('timers').setTimeout(function () { inspector.close(); }, 50).unref();
  })(${pid})`;
}
