/**
 * `v8.startCpuProfile` writes names and URLs into its JSON as they are (Node 24.12 to 26.10): a regular expression,
 * a Windows path or a quote in a name makes it invalid, or means something else. All frames have one form:
 *
 *   "callFrame":{"functionName":"RegExp: \s+","lineNumber":-1,"columnNumber":-1,"scriptId":0,"url":"C:\app.js"}
 */
const FRAME =
  /"callFrame":\{"functionName":"([^]*?)","lineNumber":(-?\d+,"columnNumber":-?\d+,"scriptId":"?\d+"?),"url":"([^]*?)"\}(?=[,}])/g;
const NEEDS_ESCAPE = /["\\\u0000-\u001F]/;

/** The profile as valid JSON: what stands in its strings is escaped. */
export function escapeFrames(profile: string): string {
  return profile.replaceAll(FRAME, (frame, name: string, place: string, url: string) =>
    NEEDS_ESCAPE.test(name) || NEEDS_ESCAPE.test(url)
      ? `"callFrame":{"functionName":${JSON.stringify(name)},"lineNumber":${place},"url":${JSON.stringify(url)}}`
      : frame,
  );
}

/** V8 writes the low 32 bits of a profile's microseconds: they are the same again every 71.6 minutes of uptime. */
const WRAP = 2 ** 32;
const TIMES = /^"startTime":(\d+),"endTime":(\d+)/;
const LONGEST_TIMES = 80;

/**
 * The profile with times on the clock that all others have. `now` is a moment of it after the profile's end, and less
 * than 71 minutes after.
 */
export function withWholeTimes(profile: string, now: number): string {
  // Behind it stand only numbers; before it a name could read like it.
  const at = profile.lastIndexOf('"startTime":');
  const found = at < 0 ? null : TIMES.exec(profile.slice(at, at + LONGEST_TIMES));
  if (!found) return profile;
  const [text, start = '', end = ''] = found;
  const endTime = now - modulo(now - Number(end));
  const startTime = endTime - modulo(Number(end) - Number(start));
  return `${profile.slice(0, at)}"startTime":${startTime},"endTime":${endTime}${profile.slice(at + text.length)}`;
}

const modulo = (time: number): number => ((time % WRAP) + WRAP) % WRAP;
