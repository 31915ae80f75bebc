import type { HeapClassRow, HeapDocument, HeapObject, HeapPathStep } from '../../contracts/heap-document.ts';
import { bytes } from '../../contracts/units.ts';
import { formatBytes, formatCount, formatShare } from '../../format/numbers.ts';
import { plainText } from '../../format/untrusted.ts';
import type { Places } from '../places.ts';
import { reportText } from '../report-text.ts';
import type { Section } from '../section.ts';

const MOST_CLASSES = 15;
const MOST_OBJECTS = 8;
const MOST_STEPS = 8;

/** The document of a heap for a terminal. */
export function heapReport(document: HeapDocument, places: Places): string {
  const { name, objectCount, totalBytes, extraNativeBytes } = document;
  const native = extraNativeBytes > 0 ? `, and ${size(extraNativeBytes)} outside of V8’s heap` : '';
  const title = `${plainText(name)}: ${size(totalBytes)} in ${formatCount(objectCount)} objects${native}`;
  return reportText({ title, sections: [classSection(document, places), objectSection(document, places)] });
}

const size = (value: number): string => formatBytes(bytes(Math.round(value)));

function classSection({ classes, totalBytes }: HeapDocument, places: Places): Section {
  const rows = classes.filter(({ kind }) => kind !== 'synthetic' && kind !== 'hidden').slice(0, MOST_CLASSES);
  return {
    title: 'Classes by what they retain',
    columns: [
      { head: '', cells: rows.map(({ name }) => plainText(name, 40)), align: 'left' },
      { head: 'objects', cells: rows.map(({ count }) => formatCount(count)), align: 'right' },
      { head: 'self', cells: rows.map(({ selfBytes }) => size(selfBytes)), align: 'right' },
      { head: 'retained', cells: rows.map(({ retainedBytes }) => size(retainedBytes)), align: 'right' },
      { head: '', cells: rows.map(row => formatShare(row.retainedBytes / totalBytes)), align: 'right' },
      { head: '', cells: rows.map(row => placeText(row, places)), align: 'left' },
    ],
  };
}

const placeText = ({ file, line }: HeapClassRow | HeapObject, places: Places): string =>
  file === undefined || line === undefined ? '' : places.at({ file: withoutScheme(file), line });

const withoutScheme = (file: string): string => file.replace(/^file:\/\/(?=\/)/, '');

function objectSection({ objects, totalBytes }: HeapDocument, places: Places): Section {
  const sentences = objects.slice(0, MOST_OBJECTS).map(object => {
    const { className, id, retainedBytes } = object;
    const place = placeText(object, places);
    const at = place === '' ? '' : `  ${place}`;
    const share = formatShare(retainedBytes / totalBytes);
    return {
      text: `○ ${plainText(className, 60)} @${id} retains ${size(retainedBytes)}, ${share}${at}`,
      detail: pathText(object.retainerPath) || 'held by nothing that V8 tells of',
    };
  });
  return { title: 'Objects that retain most, and what holds them', sentences };
}

/** `global.sessions Map → [table] → …`: without V8's own arrays, and with the last steps of a long way. */
function pathText(path: readonly HeapPathStep[]): string {
  const told = path.filter(({ kind, reference }) => !(UNTOLD.has(kind) && reference !== 'property'));
  const steps = told.slice(-MOST_STEPS).map(stepText);
  return (told.length > MOST_STEPS ? ['…', ...steps] : steps).join(' → ');
}

const UNTOLD: ReadonlySet<string> = new Set(['array', 'hidden', 'code', 'object shape']);

/** Shortcuts and hidden references have no name but a number. */
function stepText({ reference, name, className }: HeapPathStep): string {
  const to = plainText(className, 40);
  const shown = plainText(name, 40);
  if (reference === 'property') return `.${shown} ${to}`;
  if (reference === 'element') return `[${shown}] ${to}`;
  if (reference === 'internal') return `(${shown}) ${to}`;
  return reference === 'context' ? `${shown} ${to}` : to;
}
