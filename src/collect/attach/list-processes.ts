/** Node.js processes of this user, to choose one from. */
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { ProcessEntry } from '../../contracts/server.ts';
import { listenersOf } from './linux-sockets.ts';
import { inspectPort } from './inspect-port.ts';
import { ageOfStat, parseElapsed } from './process-age.ts';
import { isNodeName } from './process-facts.ts';
import { formatAddress } from './target.ts';

const PS_TIMEOUT_MILLISECONDS = 3000;

/** The youngest first; neither ourselves nor what we were started by. Working folder and inspector: Linux only. */
export async function listProcesses(): Promise<ProcessEntry[]> {
  const entries =
    process.platform === 'linux'
      ? await listOnLinux()
      : process.platform === 'win32'
        ? await listOnWindows()
        : await listByPs();
  return entries
    .filter(({ pid }) => pid !== process.pid && pid !== process.ppid)
    .sort((a, b) => a.ageMilliseconds - b.ageMilliseconds);
}

async function listOnLinux(): Promise<ProcessEntry[]> {
  const pids = (await fs.readdir('/proc')).filter(name => /^\d+$/.test(name)).map(Number);
  const entries = await Promise.all(pids.map(pid => ifOurs(linuxProcess(pid))));
  return entries.filter(entry => entry !== undefined);
}

async function linuxProcess(pid: number): Promise<ProcessEntry | undefined> {
  const folder = `/proc/${pid}`;
  const executable = (await fs.readlink(`${folder}/exe`)).replace(/ \(deleted\)$/, '');
  if (!isNodeName(path.basename(executable))) return undefined;
  const command = (await fs.readFile(`${folder}/cmdline`, 'utf8')).split('\0').filter(word => word !== '');
  const [cwd, stat, inspector] = await Promise.all([
    fs.readlink(`${folder}/cwd`),
    fs.readFile(`${folder}/stat`, 'utf8'),
    openInspector(pid, command),
  ]);
  return {
    pid,
    command,
    cwd,
    ageMilliseconds: ageOfStat(stat),
    ...(inspector === undefined ? {} : { inspector }),
  };
}

/** As its command line says. Nobody is asked: the sockets of a process are its own business. */
async function openInspector(pid: number, command: readonly string[]): Promise<string | undefined> {
  if (!command.some(word => /^--inspect(?:-brk|-wait)?(?:=|$)/.test(word))) return undefined;
  const port = inspectPort(command);
  const listener = (await listenersOf(pid)).find(one => one.port === port);
  return listener && formatAddress(listener);
}

/** Processes of others, and those that end meanwhile, are left out. */
async function ifOurs<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['EACCES', 'EPERM', 'ENOENT', 'ESRCH', 'EINVAL'].includes(code)) return undefined;
    throw error;
  }
}

/** `  4711  1-02:03:04 /usr/local/bin/node server.js`. */
const PS_LINE = /^\s*(\d+)\s+([\d:-]+)\s+(.*)$/;

async function listByPs(): Promise<ProcessEntry[]> {
  const { stdout } = await promisify(execFile)('ps', ['-x', '-o', 'pid=,etime=,command='], {
    timeout: PS_TIMEOUT_MILLISECONDS,
  });
  return stdout.split('\n').flatMap(parsePsLine);
}

/** `ps` does not tell where a word of the command line ends. */
export function parsePsLine(line: string): ProcessEntry[] {
  const [, pid, elapsed = '', words = ''] = PS_LINE.exec(line) ?? [];
  const command = words.split(/\s+/);
  if (pid === undefined || !isNodeName(path.basename(command[0] ?? ''))) return [];
  const ageMilliseconds = parseElapsed(elapsed);
  return ageMilliseconds === undefined ? [] : [{ pid: Number(pid), command, cwd: '', ageMilliseconds }];
}

const WINDOWS_QUERY =
  'Get-CimInstance Win32_Process -Filter "Name like \'node%\'" | ForEach-Object { @{ pid = $_.ProcessId; ' +
  'command = [string]$_.CommandLine; age = [long]((Get-Date) - $_.CreationDate).TotalMilliseconds } } | ConvertTo-Json -Compress';

async function listOnWindows(): Promise<ProcessEntry[]> {
  const { stdout } = await promisify(execFile)('powershell', ['-NoProfile', '-Command', WINDOWS_QUERY], {
    timeout: PS_TIMEOUT_MILLISECONDS * 3,
  });
  if (stdout.trim() === '') return [];
  const parsed = JSON.parse(stdout) as WindowsProcess | WindowsProcess[];
  return [parsed].flat().map(({ pid, command, age }) => ({
    pid,
    command: command.match(/"[^"]*"|\S+/g)?.map(word => word.replaceAll('"', '')) ?? [],
    cwd: '',
    ageMilliseconds: age,
  }));
}

interface WindowsProcess {
  readonly pid: number;
  readonly command: string;
  readonly age: number;
}
