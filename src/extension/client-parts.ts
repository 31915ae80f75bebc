/**
 * The language client: a bundle of its own, loaded when the server is first needed, part by part: at once (437 KB, 40
 * modules) it would hold up the extension host, all extensions in it, for 50 ms.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type * as client from './client.ts';

/** Big modules, each with all it needs that is not loaded yet; what is left comes with the client. */
const PARTS: readonly (() => Promise<unknown>)[] = [
  () => import('vscode-languageclient/$test/common/features'),
  () => import('vscode-languageclient/$test/common/codeConverter'),
  () => import('vscode-languageclient/$test/common/protocolConverter'),
  () => import('vscode-languageclient/$test/common/textSynchronization'),
  () => import('vscode-languageclient/$test/common/fileOperations'),
  () => import('vscode-languageclient/$test/common/notebook'),
  () => import('vscode-languageclient/$test/common/diagnostic'),
  () => import('vscode-languageclient/$test/common/client'),
];

export async function loadClient(): Promise<typeof client> {
  for (const load of PARTS) {
    await load();
    await nextTurn();
  }
  return import('./client.ts');
}
