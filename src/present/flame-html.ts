/** A profile as one HTML page that needs nothing else: 0x's visualizer, the data, and a table that needs no script. */
import { burntStacks, type LeftOut } from '../analysis/stacks/burnt-stacks.ts';
import { drawnStacks, type DetailLimits, type DrawnStacks } from '../analysis/stacks/drawn-stacks.ts';
import { functionWeights } from '../analysis/stacks/function-weights.ts';
import { ELEMENTS, type HtmlTrack } from '../contracts/views/html-flame.ts';
import { formatCount, formatShare } from '../format/numbers.ts';
import { plainText } from '../format/untrusted.ts';
import { formatWeight } from '../format/weight.ts';
import type { StackProfile, StackUnit } from '../model/stacks/stack-profile.ts';
import { factsList, type HtmlFacts } from './flame-html/facts.ts';
import { functionTable } from './flame-html/function-table.ts';
import { htmlFlame } from './flame-html/html-flame.ts';
import { markup, raw, type Html } from './flame-html/html.ts';
import { emptyFlame } from './flame/flame-words.ts';

/** The bundle of `webview-ui/flame-markup`; hashes are base64 of SHA-256, for the page's content security policy. */
export interface Visualizer {
  readonly script: string;
  readonly scriptHash: string;
  readonly style: string;
  readonly styleHash: string;
  /** Licences of the code in it. */
  readonly notices: string;
}

/** Frames above each other: V8 reports at most 255; a canvas of more than 16,384 pixels is none in some browsers. */
const DEEPEST = 400;
/** Of a track: what a browser draws in half a second, and more than a screen has room for. */
const MOST_NODES = 10_000;
const MOST_NODES_OF_ALL_TRACKS = 200_000;
/** Of a track, however many there are. */
const LEAST_NODES = 500;

/** `gzip` answers with base64. Untrusted texts of the profile are text in the page, and nothing else. */
export function flameHtml(
  profile: StackProfile,
  facts: HtmlFacts,
  visualizer: Visualizer,
  gzip: (text: string) => string,
): string {
  const { burnt, apart, leftOut } = burntTracks(profile);
  const weights = functionWeights(burnt);
  const drawn = burnt.tracks.map(track => drawnStacks(track, limits(burnt.tracks.length)));
  const flame = htmlFlame(burnt, drawn, apart);
  const title = plainText(profile.name);
  return markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="${policy(visualizer)}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>${title} · Slowcatch</title>
        <style>${raw(visualizer.style)}</style>
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          ${factsList(profile, weights, leftOut, facts)}
        </header>
        <main>
          <section aria-labelledby="graph-title">
            <h2 id="graph-title">Flamegraph</h2>
            ${weights.sum > 0 ? graph(drawn, weights.sum, profile.unit) : emptyFlame(leftOut, profile.unit)}
          </section>
          ${functionTable(burnt, weights)}
        </main>
        <footer>
          <p>Written by ${facts.producer}. The page holds all of its data and loads nothing.</p>
          ${weights.sum > 0 ? credits(visualizer) : ''}
        </footer>
        ${weights.sum > 0 ? scripts(gzip(JSON.stringify(flame)), visualizer) : ''}
      </body>
    </html>
`.text;
}

interface BurntTracks {
  /** Heaviest first; tracks that have burnt nothing are left out. */
  readonly burnt: StackProfile;
  /** By track. */
  readonly apart: readonly HtmlTrack['apart'][];
  readonly leftOut: LeftOut;
}

function burntTracks(profile: StackProfile): BurntTracks {
  const each = profile.tracks.map(track => burntStacks({ ...profile, tracks: [track] }));
  const live = each
    .map(({ profile: { tracks }, leftOut }) => ({ track: tracks[0]!, leftOut, total: sum(tracks[0]!.self) }))
    .filter(({ total }) => total > 0)
    .sort((a, b) => b.total - a.total);
  const all = (reason: keyof LeftOut): number => sum(each.map(({ leftOut }) => leftOut[reason]));
  return {
    burnt: { ...profile, tracks: live.map(({ track }) => track) },
    apart: live.map(({ leftOut: { idle, notSampled } }) => [
      ...(idle > 0 ? [['(idle)', idle] as const] : []),
      ...(notSampled > 0 ? [['(not sampled)', notSampled] as const] : []),
    ]),
    leftOut: { idle: all('idle'), notSampled: all('notSampled'), slowcatch: all('slowcatch') },
  };
}

const limits = (tracks: number): DetailLimits => ({
  mostNodes: Math.min(MOST_NODES, Math.max(LEAST_NODES, Math.floor(MOST_NODES_OF_ALL_TRACKS / tracks))),
  deepest: DEEPEST,
});

const credits = ({ notices }: Visualizer): Html =>
  markup`<p>
            Drawn by <a href="https://github.com/davidmarkclements/0x" rel="noreferrer">0x</a> (MIT) and d3-fg
            (Apache-2.0).
          </p>
          <details>
            <summary>Licences</summary>
            <pre>${notices}</pre>
          </details>`;

/** Neither base64 nor, as the build sees to, the bundle holds what would end an element. */
const scripts = (data: string, { script }: Visualizer): Html =>
  markup`<script type="text/plain" id="${ELEMENTS.data}">${raw(data)}</script>
        <script>${raw(script)}</script>`;

/** Nothing is fetched, and nothing runs but the script of this page. */
const policy = ({ scriptHash, styleHash }: Visualizer): string =>
  [
    `default-src 'none'`,
    `script-src 'sha256-${scriptHash}'`,
    `style-src 'sha256-${styleHash}'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');

function graph(drawn: readonly DrawnStacks[], total: number, unit: StackUnit): Html {
  return markup`<noscript><p>The graph needs JavaScript; the table below does not.</p></noscript>
    <p id="${ELEMENTS.failure}" role="alert" hidden></p>
    <div id="${ELEMENTS.graph}"></div>
    ${notDrawn(drawn, total, unit)}`;
}

function notDrawn(drawn: readonly DrawnStacks[], total: number, unit: StackUnit): Html | '' {
  const count = sum(drawn.map(({ restCount }) => sum(restCount)));
  const rest = sum(drawn.map(each => sum(each.rest)));
  if (count === 0) return '';
  const { mostNodes } = limits(drawn.length);
  return markup`<p class="note">
    Of each thread the ${formatCount(mostNodes)} heaviest frames are drawn one by one, up to ${DEEPEST} above
    each other. The other ${formatCount(count)} hold ${formatWeight(rest, unit)} together
    (${formatShare(rest / total)}): they are grey boxes above their callers where they fill some room. The
    table counts all of them.
  </p>`;
}

const sum = (values: Iterable<number>): number => {
  let all = 0;
  for (const value of values) all += value;
  return all;
};
