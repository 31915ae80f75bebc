/** Put in by the build. */
declare const SLOWCATCH_VERSION: string | undefined;

/** What exported files name as their writer. */
export const EXPORTER = `slowcatch@${typeof SLOWCATCH_VERSION === 'undefined' ? 'dev' : SLOWCATCH_VERSION}`;
