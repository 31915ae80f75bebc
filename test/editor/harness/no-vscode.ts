/** Stands in for `vscode` where suites are only listed: nothing in it can be called. */
export const version = undefined;
