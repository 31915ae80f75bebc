/** What the system tells about a process before anything is done to it. */
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { UserError } from '../../contracts/user-error.ts';
import { refusePermissionModel } from '../permission-model.ts';
import { inspectPort } from './inspect-port.ts';

export interface ProcessFacts {
  readonly pid: number;
  /** The id that the process itself knows: another one inside a container. */
  readonly innerPid: number;
  /** Where it would open its inspector; 0 stands for any free port. */
  readonly inspectPort: number;
}

/** `node`, `nodejs`, `node24`, `node-v24.1.0`. */
const NODE = /^node(?:js)?(?:[-_.]?v?\d[\w.-]*)?(?:\.exe)?$/i;
/** Bit of signal 10 in the masks of /proc/<pid>/status (Linux on all architectures that Node runs on). */
const SIGUSR1_BIT = 1n << 9n;
const PS_TIMEOUT_MILLISECONDS = 3000;

/** Throws `attach-no-process`, `attach-not-permitted`, `attach-not-node`, `attach-other-network`, `permission-model`. */
export async function examineProcess(pid: number): Promise<ProcessFacts> {
  if (!(await isRunning(pid))) throw new UserError('attach-no-process', { pid });
  try {
    if (process.platform === 'linux') return await examineOnLinux(pid);
    if (process.platform === 'win32') return { pid, innerPid: pid, inspectPort: inspectPort([]) };
    return await examineByPs(pid);
  } catch (error) {
    throw processError(pid, error);
  }
}

/** A process of another user counts as running. */
export async function isRunning(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPERM') return true;
    return false;
  }
  return process.platform !== 'linux' || !(await isZombie(pid));
}

/** Whether SIGUSR1 would be caught; where the system does not tell (not Linux), Node's name has to do. */
export async function catchesSigusr1(pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const caught = statusField(await fs.readFile(`/proc/${pid}/status`, 'utf8'), 'SigCgt');
  return (BigInt(`0x${caught}`) & SIGUSR1_BIT) !== 0n;
}

/** The system's refusals as user errors; anything else as it is. */
export function processError(pid: number, error: unknown): unknown {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM') return new UserError('attach-not-permitted', { pid }, error);
  if (code === 'ENOENT' || code === 'ESRCH') return new UserError('attach-no-process', { pid }, error);
  return error;
}

async function examineOnLinux(pid: number): Promise<ProcessFacts> {
  const executable = await fs.readlink(`/proc/${pid}/exe`);
  refuseOthers(pid, executable.replace(/ \(deleted\)$/, ''));
  const [network, ownNetwork] = await Promise.all([
    fs.readlink(`/proc/${pid}/ns/net`),
    fs.readlink('/proc/self/ns/net'),
  ]);
  if (network !== ownNetwork) throw new UserError('attach-other-network', { pid });
  const ids = statusField(await fs.readFile(`/proc/${pid}/status`, 'utf8'), 'NSpid').split(/\s+/);
  const environment = await strings(`/proc/${pid}/environ`);
  const nodeOptions = environment.find(entry => entry.startsWith('NODE_OPTIONS='))?.slice(13) ?? '';
  const words = (await strings(`/proc/${pid}/cmdline`)).slice(1);
  refusePermissionModel(words, nodeOptions);
  const options = [...nodeOptions.split(/\s+/), ...words];
  return { pid, innerPid: Number(ids.at(-1)) || pid, inspectPort: inspectPort(options) };
}

async function examineByPs(pid: number): Promise<ProcessFacts> {
  const ps = async (column: string): Promise<string> => {
    const options = { timeout: PS_TIMEOUT_MILLISECONDS };
    return (await promisify(execFile)('ps', ['-o', `${column}=`, '-p', String(pid)], options)).stdout.trim();
  };
  refuseOthers(pid, await ps('comm'));
  const options = (await ps('args')).split(/\s+/);
  refusePermissionModel(options.slice(1), '');
  return { pid, innerPid: pid, inspectPort: inspectPort(options) };
}

/** Whether an executable of this name is Node.js. */
export const isNodeName = (name: string): boolean => NODE.test(name);

function refuseOthers(pid: number, executable: string): void {
  const name = path.basename(executable);
  if (!isNodeName(name)) throw new UserError('attach-not-node', { pid, name });
}

async function isZombie(pid: number): Promise<boolean> {
  try {
    return /^[ZX]/.test(statusField(await fs.readFile(`/proc/${pid}/status`, 'utf8'), 'State'));
  } catch (error) {
    if (processError(pid, error) instanceof UserError) return true;
    throw error;
  }
}

const strings = async (file: string): Promise<string[]> => (await fs.readFile(file, 'utf8')).split('\0');

const statusField = (status: string, name: string): string =>
  new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1]?.trim() ?? '';
