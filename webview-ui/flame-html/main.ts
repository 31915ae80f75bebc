/** The script of an exported page: unpacks its data, and draws the track that is asked for. */
import type { HistoryEntry } from '0x/visualizer/actions.js';
import { ELEMENTS, type HtmlFlame } from '../../src/contracts/views/html-flame.ts';
import { formatWeight } from '../../src/format/weight.ts';
import { Details } from './details.ts';
import { element } from './element.ts';
import { allFrames, framesOf, type NamedFrame } from './frames.ts';
import { Graph } from './graph.ts';
import './style.css';
import { Toolbar } from './toolbar.ts';
import { canUnpack, unpack } from './unpack.ts';

/** What is drawn; kept with each entry of the history. */
interface Picture {
  readonly track: number;
  readonly withApart: boolean;
}

const FIRST: Picture = { track: 0, withApart: false };
const ALL: HistoryEntry = { merged: true, nodeId: null, excludeTypes: [] };

class Page {
  readonly #flame: HtmlFlame;
  readonly #place = element('div', { className: 'graph' });
  readonly #details = new Details();
  readonly #toolbar: Toolbar;
  #picture = FIRST;
  #graph!: Graph;

  constructor(place: HTMLElement, flame: HtmlFlame) {
    this.#flame = flame;
    this.#toolbar = new Toolbar(
      flame.tracks.map(({ name }) => name),
      {
        onTrack: track => this.#turnTo({ ...this.#picture, track }),
        onApart: () => this.#turnTo({ ...this.#picture, withApart: !this.#picture.withApart }),
        onSearch: text => this.#graph.search(text),
        onType: type => this.#graph.toggleType(type),
        onTiers: () => this.#graph.toggleTiers(),
        onMagnify: type => this.#graph.magnify(type),
        onZoomOut: () => this.#graph.zoomOut(),
      },
    );
    place.append(this.#toolbar.element, this.#place, this.#details.element);
    this.#draw();
    this.#listen();
  }

  #listen(): void {
    let frame: number | undefined;
    const onResize = (): void => {
      frame ??= requestAnimationFrame(() => {
        frame = undefined;
        this.#graph.resize();
      });
    };
    addEventListener('resize', onResize);
    addEventListener('popstate', ({ state }) => this.#return(state as (HistoryEntry & Picture) | null));
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#draw());
  }

  #draw(): void {
    const { track, withApart } = this.#picture;
    const { unit, tracks } = this.#flame;
    const columns = tracks[track]!;
    const root = framesOf(this.#flame, columns, withApart, total => titleOf(total, unit, withApart));
    this.#graph = this.#graphOf(root);
    this.#details.show(undefined, root, unit);
    const types = new Set(allFrames(root).map(({ type }) => type));
    const hasApart = columns.apart.length > 0;
    this.#toolbar.show({ track, withApart, hasApart, types }, this.#graph.state);
  }

  #graphOf(root: NamedFrame): Graph {
    return new Graph(this.#place, root, {
      onFrame: frame => this.#details.show(frame, root, this.#flame.unit),
      onState: state => this.#toolbar.update(state),
      onEntry: () => history.replaceState({ ...history.state, ...this.#picture }, ''),
    });
  }

  #turnTo(picture: Picture): void {
    this.#picture = picture;
    this.#draw();
    history.pushState({ ...ALL, ...picture }, '');
  }

  /** Back or forward in the browser's history. */
  #return(entry: (HistoryEntry & Picture) | null): void {
    const { track, withApart, ...rest } = entry ?? { ...ALL, ...FIRST };
    if (track !== this.#picture.track || withApart !== this.#picture.withApart) {
      this.#picture = { track, withApart };
      this.#draw();
    }
    this.#graph.jump(rest);
  }
}

/** `CPU time 9.42 s`: the root's label. */
function titleOf(total: number, unit: HtmlFlame['unit'], withApart: boolean): string {
  const what = unit === 'bytes' ? 'Memory' : withApart ? 'CPU and idle time' : 'CPU time';
  return `${what} ${formatWeight(total, unit)}`;
}

async function start(): Promise<void> {
  const place = document.getElementById(ELEMENTS.graph);
  const data = document.getElementById(ELEMENTS.data)?.textContent;
  if (!place || data == null) return;
  try {
    if (!canUnpack()) throw new Error('it is older than Chrome 80, Firefox 113 or Safari 16.4');
    show(place, await unpack(data));
  } catch (error) {
    place.hidden = true;
    fail(error instanceof Error ? error.message : String(error));
  }
}

/** The page lives as long as its document. */
const show = (place: HTMLElement, flame: HtmlFlame): Page => new Page(place, flame);

function fail(reason: string): void {
  const failure = document.getElementById(ELEMENTS.failure);
  if (!failure) return;
  failure.hidden = false;
  failure.textContent = `This browser cannot draw the graph: ${reason}. The table below has the hottest functions.`;
}

void start();
