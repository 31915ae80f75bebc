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
