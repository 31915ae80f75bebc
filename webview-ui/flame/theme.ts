/** Whether the editor's theme is dark; high contrast has both kinds. */
export const isDark = (): boolean =>
  document.body.classList.contains('vscode-dark') ||
  (document.body.classList.contains('vscode-high-contrast') &&
    !document.body.classList.contains('vscode-high-contrast-light'));

/** Calls when dark becomes light or light dark. */
export function onDarkChange(listener: (isDark: boolean) => void): void {
  let known = isDark();
  new MutationObserver(() => {
    if (known === isDark()) return;
    known = isDark();
    listener(known);
  }).observe(document.body, { attributes: true, attributeFilter: ['class'] });
}
