/** The VS Code extension. It holds no state of its own; the commands and views come with the editor's issue. */
export function activate(): void {
  // Nothing is contributed yet.
}
