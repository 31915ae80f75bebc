/** How the agent came in: before the program's first line, or through an inspector session while it runs. */
export type Door = 'preload' | 'injection';
