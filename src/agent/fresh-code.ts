/**
 * Code that V8 optimised before anybody sampled carries no lines: its ticks fall on the head of the function, and
 * on that of the outermost one where functions were inlined. In a running program such code would hide the very
 * functions one attaches for, so it is thrown away once: V8 optimises anew what is hot, now with lines.
 *
 * Precise coverage does that when it is switched on (`Coverage::SelectMode` in V8's src/debug/debug-coverage.cc calls
 * `Deoptimizer::DeoptimizeAll`); it is switched off again at once.
 */
import type { BriefSessions } from './brief-sessions.ts';

export function discardOptimizedCode(sessions: BriefSessions): void {
  // The mode is one for the whole isolate: a coverage run of the program's own must not lose it.
  if (process.env['NODE_V8_COVERAGE']) return;
  sessions.use(session => {
    session.post('Profiler.enable');
    session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    session.post('Profiler.stopPreciseCoverage');
    session.post('Profiler.disable');
  });
}
