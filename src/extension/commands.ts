/** Commands that the extension's own parts run, or link to. */
export const OPEN_PLACE = 'slowcatch.openPlace';
export const TOGGLE_HINTS = 'slowcatch.toggleHints';
export const OPEN_FLAMEGRAPH = 'slowcatch.openFlamegraph';
/** With `{ id, name }` of a recording, or a node of the view. */
export const OPEN_RUNTIME = 'slowcatch.openGcStatistics';
export const FOCUS_FUNCTION = 'slowcatch.focusFunction';
export const HOTTEST_LINE = 'slowcatch.hottestLine';
/** With `{ id, range }`: what the view and the editors show is of that stretch of the recording alone. */
export const SHOW_RANGE = 'slowcatch.showRange';
/** With `{ id, key, name }`, or a node of the view. */
export const OPEN_OPERATION = 'slowcatch.openOperation';
export const SHOW_WHOLE = 'slowcatch.showWholeRecording';
/** With a `Metric`, else it asks: what hints and Hot Paths are of. */
export const SHOW_HINTS_OF = 'slowcatch.showHintsOf';
/** With `{ uri, line }`, else the function of the cursor. */
export const WATCH_FUNCTION = 'slowcatch.watchFunction';
export const STOP_WATCHING = 'slowcatch.stopWatching';
/** With `{ id, name }` of a recording, and the `chosen` verdict's key, or a node of the view. */
export const OPEN_LEAKS = 'slowcatch.openLeakReport';
export const EXPORT = 'slowcatch.export';
