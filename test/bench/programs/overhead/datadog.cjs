'use strict';
/**
 * Preload: @datadog/pprof's wall profiler at 1 ms, with the request of each sample; its path is in DATADOG_PPROF.
 *
 *   ◄── {}
 *   ──► {samples}      taken until now
 */
const diagnostics = require('node:diagnostics_channel');
const { time } = require(process.env.DATADOG_PPROF);

time.start({
  durationMillis: 60_000,
  intervalMicros: 1000,
  withContexts: true,
  useCPED: Number.parseInt(process.versions.node, 10) >= 24,
});
let count = 0;
diagnostics.subscribe('http.server.request.start', () => time.setContext({ request: ++count }));
process.on('message', () => process.send({ samples: time.getState()[time.constants.kSampleCount] }));
