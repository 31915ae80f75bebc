import type { LineHint } from '../../contracts/views/recording.ts';

export type Heat = Exclude<LineHint['heat'], 0>;

/** Widths tell the levels apart for who cannot tell the colours; each colour has 3 : 1 on its themes' backgrounds. */
const BARS: Readonly<Record<Heat, { width: number; light: string; dark: string }>> = {
  1: { width: 2, light: '#767676', dark: '#9d9d9d' },
  2: { width: 3, light: '#9a7700', dark: '#cca700' },
  3: { width: 5, light: '#b85c00', dark: '#e2953a' },
  4: { width: 7, light: '#d01f10', dark: '#f85149' },
};

const SIZE = 16;

/** A bar at the right edge of the gutter, beside the line numbers, as the address of an SVG image. Stale ones are outlined. */
export function heatBar(heat: Heat, theme: 'light' | 'dark', isStale: boolean): string {
  const { width, [theme]: colour } = BARS[heat];
  const look = isStale ? `fill="none" stroke="${colour}" stroke-dasharray="2"` : `fill="${colour}"`;
  const bar = `<rect x="${SIZE - width - 0.5}" y="0.5" width="${width}" height="${SIZE - 1}" ${look}/>`;
  const image = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE} ${SIZE}">${bar}</svg>`;
  return `data:image/svg+xml;base64,${Buffer.from(image).toString('base64')}`;
}
