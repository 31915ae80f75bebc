import * as vscode from 'vscode';
import { failureText } from '../failure-text.ts';
import { showFailure } from '../failures.ts';
import type { Captures } from './captures.ts';
import { LaunchHook, type Refusal } from './launch-hook.ts';
import { hasConfigurations } from './launch-settings.ts';
import { pickProgram } from './pick-program.ts';
import { requireCapturing, requireDebugger } from './preconditions.ts';
import { isUnderDebugger, launchSettings, type RecordingMode } from './settings.ts';

/**
 * Runs what the Run view has selected, recorded. No API names the selection: VS Code's own command starts it,
 * and a hook that lives as long as the command marks each configuration that comes by.
 */
export async function profileCurrent(captures: Captures, mode: RecordingMode = 'profile'): Promise<void> {
  requireCapturing();
  requireDebugger();
  const isDebugged = isUnderDebugger();
  const attempt = captures.request('launch', vscode.l10n.t('the selected configuration'));
  const hook = new LaunchHook(captures, attempt, { isDebugged, mode });
  try {
    await startSelected(isDebugged);
  } catch (error) {
    hook.failure ??= error;
  } finally {
    hook.dispose();
    captures.launched(attempt, hook.failure !== undefined);
  }
  explain(hook);
}

async function startSelected(isDebugged: boolean): Promise<void> {
  if (launchSettings().some(hasConfigurations)) {
    await vscode.commands.executeCommand(`workbench.action.debug.${isDebugged ? 'start' : 'run'}`);
    return;
  }
  const program = await pickProgram();
  if (!program) return;
  await vscode.debug.startDebugging(program.folder, program.configuration, { noDebug: !isDebugged });
}

/** Says what of the selected is not recorded, and why. Throws what the hook has failed with. */
function explain({ refusals, failure }: LaunchHook): void {
  for (const refusal of refusals) tellRefusal(refusal).catch(showFailure);
  if (failure !== undefined) throw failure;
}

async function tellRefusal({ reason, target, isStarted }: Refusal): Promise<void> {
  const text = failureText(reason);
  if (isStarted) void vscode.window.showInformationMessage(text);
  else if (target === undefined) showFailure(reason);
  else {
    const attach = vscode.l10n.t('Attach to {0}', target);
    const chosen = await vscode.window.showInformationMessage(text, attach);
    if (chosen === attach) await vscode.commands.executeCommand('slowcatch.attach', target);
  }
}
