/** Stands in for `vscode` in unit tests: texts without a translation, as VS Code fills in their placeholders. */
export const l10n = {
  t: (text: string, ...values: readonly (string | number | boolean)[]): string =>
    text.replaceAll(/\{(\d+)\}/g, (place, index: string) => String(values[Number(index)] ?? place)),
};
