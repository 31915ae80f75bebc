// Stands before the script of a page: what VS Code puts around a webview. THEME is defined before.
let state = JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined;
window.acquireVsCodeApi = () => ({
  postMessage: message => window.slowcatchPosted(message),
  getState: () => state,
  setState: next => {
    state = next;
    sessionStorage.setItem('state', JSON.stringify(next));
  },
});
for (const [name, value] of Object.entries(THEME.variables))
  document.documentElement.style.setProperty(`--vscode-${name}`, value);
document.body.className = `vscode-${THEME.name}`;
