import * as vscode from 'vscode';
import { failureText } from '../failure-text.ts';
import type { Captures } from './captures.ts';
import { LaunchHook } from './launch-hook.ts';
import { hasConfigurations } from './launch-settings.ts';
import { pickProgram } from './pick-program.ts';
import { requireCapturing, requireDebugger } from './preconditions.ts';
import { isUnderDebugger, launchSettings } from './settings.ts';

/**
 * Runs what the Run view has selected, recorded. No API names the selection: VS Code's own command starts it,
 * and a hook that lives as long as the command marks each configuration that comes by.
 */
export async function profileCurrent(captures: Captures): Promise<void> {
  requireCapturing();
  requireDebugger();
  captures.request('launch', 'the selected configuration');
  const hook = new LaunchHook(captures);
  try {
    await startSelected();
  } finally {
    hook.dispose();
    captures.launched();
  }
  await explain(hook);
}

async function startSelected(): Promise<void> {
  const isDebugged = isUnderDebugger();
  if (launchSettings().some(hasConfigurations)) {
    await vscode.commands.executeCommand(`workbench.action.debug.${isDebugged ? 'start' : 'run'}`);
    return;
  }
  const program = await pickProgram();
  if (!program) return;
  await vscode.debug.startDebugging(program.folder, program.configuration, { noDebug: !isDebugged });
}

/** Says why nothing of what was selected is recorded, where a reason is known. */
async function explain({ refusal, failure, hasBegun }: LaunchHook): Promise<void> {
  if (failure !== undefined) throw failure;
  if (!refusal || hasBegun) return;
  if (refusal.target === undefined) throw refusal.reason;
  const attach = `Attach to ${refusal.target}`;
  const chosen = await vscode.window.showInformationMessage(failureText(refusal.reason), attach);
  if (chosen === attach) {
    await vscode.commands.executeCommand('slowcatch.attach', refusal.target);
  }
}
