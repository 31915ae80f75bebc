/** Runs inside the extension host of a window without JavaScript, before Slowcatch is active, and measures it. */
import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { Channel } from '../../editor/host/channel.ts';
import { connect } from '../../editor/host/connect.ts';
import { newRecording, recordings } from '../../editor/host/recordings.ts';
import { until } from '../../editor/host/until.ts';
import { HandlerTimes } from './handler-times.ts';
import { KEYSTROKES } from './keystrokes.ts';
import { settle, withLongestDelay } from './loop-delay.ts';
import type {
  Activation,
  Keystroke,
  Opening,
  Stop,
  StopPlan,
  WindowMeasurements,
  WindowPlan,
} from './measurements.ts';
import { residentBytes, serverProcesses } from './server-process.ts';

const IDLE_MILLISECONDS = 3_000;
const IDLE_SECONDS = 5;
const EXTENSION = 'slowcatch.slowcatch';

export async function run(): Promise<void> {
  const channel: Channel = new Channel(await connect(), {
    measure: (plan = '') => new Measuring(channel, JSON.parse(plan) as WindowPlan).all(),
  });
  await channel.closed;
}

class Measuring {
  readonly #channel: Channel;
  readonly #plan: WindowPlan;
  readonly #handlers = new HandlerTimes();

  constructor(channel: Channel, plan: WindowPlan) {
    this.#channel = channel;
    this.#plan = plan;
  }

  async all(): Promise<WindowMeasurements> {
    await writeLaunchConfiguration(this.#plan.file);
    await settle();
    const before = serverProcesses().length;
    const activation = await activate();
    await sleep(IDLE_MILLISECONDS);
    const unaskedServers = before + serverProcesses().length;
    const view = await withLongestDelay(() => this.#firstView());
    await sleep(IDLE_MILLISECONDS);
    const idleServerBytes = serverBytes();
    await vscode.window.showTextDocument(vscode.Uri.file(this.#plan.file));
    await settle();
    const idleBlocks = await idle();
    const openings = await this.#openings();
    const usedServerBytes = serverBytes();
    await this.#reopen();
    const keystrokes = {
      plain: await this.#type('plain'),
      hinted: await this.#type('hinted'),
      above: await this.#type('above'),
    };
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await this.#clear();
    return {
      ...{ unaskedServers, activation, viewBlock: view.block, idleServerBytes, usedServerBytes },
      ...{ idleBlocks, openings, keystrokes, stops: await this.#stops() },
    };
  }

  async #firstView(): Promise<void> {
    await vscode.commands.executeCommand('slowcatch.view.focus');
    await this.#channel.request('text', 'workbench', '.welcome-view:has-text("No recordings yet")');
  }

  async #openings(): Promise<readonly Opening[]> {
    const openings: Opening[] = [];
    for (let turn = 0; turn < this.#plan.openings; turn++)
      for (const { size, folder } of this.#plan.recordings) {
        const id = await keep(folder);
        const open = () => vscode.commands.executeCommand('slowcatch.openRecording', entryNode(id));
        openings.push({ size, isFirst: openings.length === 0, ...(await this.#untilVisible(open)) });
        await this.#clear();
      }
    return openings;
  }

  /** Hints stay for what is measured next. */
  async #reopen(): Promise<void> {
    const id = path.basename(this.#plan.recordings[0]?.folder ?? '');
    await vscode.commands.executeCommand('slowcatch.openRecording', entryNode(id));
  }

  /** Programs that are started by us and stopped by the user. */
  async #stops(): Promise<readonly Stop[]> {
    const stops: Stop[] = [];
    for (const plan of this.#plan.stops) {
      const settings = vscode.workspace.getConfiguration('slowcatch.sampling');
      await settings.update('interval', plan.intervalMicroseconds, vscode.ConfigurationTarget.Global);
      stops.push(await this.#stop(plan));
      await this.#clear();
    }
    return stops;
  }

  async #stop({ size, milliseconds }: StopPlan): Promise<Stop> {
    const before = await recordings();
    await vscode.commands.executeCommand('slowcatch.profileCurrent');
    const started = () => recordings().then(all => all.length > before.length && all.some(isSampled));
    await until('the program is being recorded', started);
    await sleep(milliseconds);
    const { visible, block } = await this.#untilVisible(async () => {
      await vscode.commands.executeCommand('slowcatch.stop');
    });
    await newRecording(before);
    return { size, visible, block };
  }

  async #untilVisible(show: () => Thenable<unknown>): Promise<Omit<Opening, 'size' | 'isFirst'>> {
    await settle();
    await this.#channel.request('watchHints');
    const { value, block } = await withLongestDelay(async () => {
      const start = Date.now();
      await show();
      const done = Date.now() - start;
      return { done, visible: Number(await this.#channel.request('hintsVisibleAt')) - start };
    });
    return { ...value, block };
  }

  async #clear(): Promise<void> {
    await vscode.commands.executeCommand('slowcatch.clearHints');
    await this.#channel.request('hintsGone');
  }

  async #type(keystroke: Keystroke): Promise<readonly number[]> {
    const { line, at, key } = KEYSTROKES[keystroke];
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(this.#plan.file));
    const { start, end } = editor.document.lineAt(line).range;
    const position = at === 'end' ? end : start;
    editor.selection = new vscode.Selection(position, position);
    editor.revealRange(new vscode.Range(position, position));
    await settle();
    const count = this.#plan.keystrokes;
    const target = editor.document.version + count;
    return await this.#handlers.during(async () => {
      await this.#channel.request('pressOften', key, String(count));
      await until('all of it is typed', () => editor.document.version >= target);
    });
  }
}

/** By VS Code's own clock, which its "Startup Performance" shows. */
async function activate(): Promise<Activation> {
  const extension = vscode.extensions.getExtension(EXTENSION);
  if (!extension || extension.isActive) throw new Error('Slowcatch is missing, or active too early');
  const { block } = await withLongestDelay(async () => void (await extension.activate()));
  await vscode.commands.executeCommand('perfview.show');
  const row = await until('the row of the extension', () =>
    vscode.workspace.textDocuments
      .find(({ uri }) => uri.scheme === 'perf')
      ?.getText()
      .split('\n')
      .find(line => line.includes(`| ${EXTENSION} `)),
  );
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  const [load, call, finish] = row.split('|').slice(3, 6).map(Number);
  return { load: load ?? Number.NaN, call: call ?? Number.NaN, finish: finish ?? Number.NaN, block };
}

async function idle(): Promise<number[]> {
  const blocks: number[] = [];
  for (let second = 0; second < IDLE_SECONDS; second++)
    blocks.push((await withLongestDelay(() => sleep(750))).block);
  return blocks;
}

/** Copies a recording to where the window keeps its own; answers its id. */
async function keep(folder: string): Promise<string> {
  const id = path.basename(folder);
  const data = path.join(process.env['SLOWCATCH_EDITOR'] ?? '', 'user/User/globalStorage', EXTENSION);
  await cp(folder, path.join(data, 'recordings', id), { recursive: true });
  return id;
}

const entryNode = (id: string) => ({ kind: 'entry', entry: { id } });

const isSampled = ({ state, threads }: { state: string; threads: readonly string[] }): boolean =>
  state === 'recording' && threads.length > 0;

function serverBytes(): number {
  const [pid, ...others] = serverProcesses();
  if (pid === undefined || others.length > 0) throw new Error('there should be one server');
  return residentBytes(pid);
}

async function writeLaunchConfiguration(program: string): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  await mkdir(path.join(folder, '.vscode'), { recursive: true });
  const configuration = { name: 'hot', type: 'node', request: 'launch', program, args: ['600000'] };
  await writeFile(
    path.join(folder, '.vscode', 'launch.json'),
    JSON.stringify({ version: '0.2.0', configurations: [configuration] }),
  );
}
