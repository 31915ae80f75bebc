/** The problems of the open recording, as the view tells them. */
import type { Editor } from './editor.ts';
import { until } from './until.ts';

const SECTION = '[role="treeitem"][aria-label^="Problems"]';
const PROBLEM = '.pane-body .monaco-list-row[aria-label^="Problem: "]';

/** Their messages, once the view tells what was found; a machine that is busy may have made some of its own. */
export async function problems(editor: Editor): Promise<readonly string[]> {
  await editor.text('.pane-body .monaco-list-row:has-text("What we found")');
  if ((await editor.texts(SECTION)).length === 0) return [];
  // A row that is drawn anew loses the click.
  return await until('the problems are unfolded', async () => {
    const rows = await editor.texts(PROBLEM);
    if (rows.length > 0) return rows;
    await editor.click(SECTION);
    return false;
  });
}
