/** Where memory was allocated, as sections of the report. */
import type { AllocatingFunction, AllocationSummary, ProfileDocument } from '../contracts/document.ts';
import { bytes, microseconds } from '../contracts/units.ts';
import { formatBytes, formatCount, formatShare, formatTime } from '../format/numbers.ts';
import { plainText } from '../format/untrusted.ts';
import type { Places } from './places.ts';
import type { Section } from './section.ts';

const MOST_FUNCTIONS = 12;

/** Sections of what was allocated and of what is still held, as far as they were recorded. */
export function allocationSections({ allocations }: ProfileDocument, places: Places): Section[] {
  const { allocated, live } = allocations ?? {};
  return [
    ...(allocated ? [section(allocatedTitle(allocated), allocated, places)] : []),
    ...(live ? [section(liveTitle(live), live, places)] : []),
  ];
}

const size = (value: number): string => formatBytes(bytes(Math.round(value)));

/** `Allocations: 412 MB in the 580 ms that were watched, 3,120 samples`. */
function allocatedTitle({ bytes: all, samples, watchedMicroseconds }: AllocationSummary): string {
  const when =
    watchedMicroseconds === undefined
      ? ''
      : ` in the ${formatTime(microseconds(watchedMicroseconds))} that were watched`;
  return `Allocations: ${size(all)}${when}${counted(samples)}`;
}

/** `Still held: 38.2 MB of what was allocated in 2.40 s, 312 samples`. */
function liveTitle({ bytes: all, samples, watchedMicroseconds }: AllocationSummary): string {
  const when =
    watchedMicroseconds === undefined
      ? ''
      : ` of what was allocated in ${formatTime(microseconds(watchedMicroseconds))}`;
  return `Still held: ${size(all)}${when}${counted(samples)}`;
}

/** Only other tools' files do not say. */
const counted = (samples: number): string => (samples > 0 ? `, ${formatCount(samples)} samples` : '');

/** Of what V8 has sampled. */
const NOTE = {
  text: '○ By function: V8 does not tell the line, and counts what an inlined function allocates for its caller.',
  detail: 'Sizes are estimated from sampled objects; the contents of Buffers lie outside of V8’s heap.',
};

function section(title: string, summary: AllocationSummary, places: Places): Section {
  const { hotFunctions, hotInternals, samples } = summary;
  const rows = [...hotFunctions, ...hotInternals]
    .filter(({ selfBytes }) => selfBytes > 0)
    .sort((a, b) => b.selfBytes - a.selfBytes)
    .slice(0, MOST_FUNCTIONS);
  if (rows.length === 0)
    return { title, sentences: [{ text: '○ So little that V8 has sampled none of your objects.' }] };
  return { title, columns: columns(rows, places), sentences: samples > 0 ? [NOTE] : [] };
}

const columns = (rows: readonly AllocatingFunction[], places: Places): NonNullable<Section['columns']> => [
  { head: '', cells: rows.map(({ name }) => plainText(name, 48)), align: 'left' },
  { head: 'self', cells: rows.map(({ share }) => formatShare(share)), align: 'right' },
  { head: '', cells: rows.map(({ selfBytes }) => size(selfBytes)), align: 'right' },
  { head: 'total', cells: rows.map(({ totalBytes }) => size(totalBytes)), align: 'right' },
  { head: '', cells: rows.map(found => places.at(found)), align: 'left' },
];
