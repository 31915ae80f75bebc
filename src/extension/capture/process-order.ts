/** Which running processes a picker offers, and in which order. Pure. */
import type { ProcessEntry } from '../../contracts/server.ts';
import { isInside } from '../workspace-paths.ts';
import { scriptOf } from './process-item.ts';

export interface Around {
  /** Folders of the workspace, as the user opened them and as they really are. */
  readonly workspaceFolders: readonly string[];
  /** Folders of the editor and of its extensions: what runs from there is no program of the user's. */
  readonly editorFolders: readonly string[];
  readonly platform: NodeJS.Platform;
}

export interface ProcessGroups {
  readonly here: readonly ProcessEntry[];
  readonly elsewhere: readonly ProcessEntry[];
}

/** Programs of this workspace and others, each in the order given; helpers of the editor are left out. */
export function groupProcesses(processes: readonly ProcessEntry[], around: Around): ProcessGroups {
  const shown = processes.filter(process => !isHelper(process, around));
  return {
    here: shown.filter(process => isHere(process, around)),
    elsewhere: shown.filter(process => !isHere(process, around)),
  };
}

/** By its working folder, or, where the system does not tell that, by its script. */
function isHere({ cwd, command }: ProcessEntry, { workspaceFolders, platform }: Around): boolean {
  return [cwd, scriptOf(command) ?? ''].some(path => isInside(path, workspaceFolders, platform));
}

/** By its script alone: the Node.js that comes with the editor runs programs of the user's, too. */
function isHelper({ command }: ProcessEntry, around: Around): boolean {
  const script = scriptOf(command) ?? '';
  const isInAny = (folders: readonly string[]): boolean => isInside(script, folders, around.platform);
  // Whoever works on an extension has its folder open, and wants to profile what runs there.
  return (isInAny(around.editorFolders) || isLanguageServer(command)) && !isInAny(around.workspaceFolders);
}

/** Of another editor: language servers are told by whom they were started. */
const isLanguageServer = (command: readonly string[]): boolean =>
  command.some(word => word.startsWith('--clientProcessId='));
