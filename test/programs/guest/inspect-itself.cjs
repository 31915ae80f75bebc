// What a program can see of itself.
const events = [
  ...['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGUSR1', 'uncaughtException', 'uncaughtExceptionMonitor'],
  ...['unhandledRejection', 'rejectionHandled', 'warning', 'beforeExit', 'message', 'disconnect', 'worker'],
];
const { NODE_OPTIONS, SLOWCATCH_AGENT, ...env } = process.env;
const seen = {
  listeners: Object.fromEntries(events.map(event => [event, process.listenerCount(event)])),
  env,
  globals: Object.keys(globalThis),
  globalNames: Object.getOwnPropertyNames(globalThis).sort(),
  argv: process.argv,
  execArgv: process.execArgv,
  title: process.title,
  cwd: process.cwd(),
  loaded: Object.keys(require.cache).filter(file => !file.endsWith('agent.cjs')),
  main: require.main === module,
  parent: module.parent === null,
  stackTraceLimit: Error.stackTraceLimit,
  inspector: require('node:inspector').url() ?? 'closed',
  resources: process.getActiveResourcesInfo(),
  functions: [process.kill, require('node:child_process').execSync, require('node:worker_threads').Worker].map(each => [
    each.name,
    each.length,
    typeof each,
  ]),
};
console.log(JSON.stringify(seen, undefined, 1));
