import type { ChartColour } from '../panels/panel.ts';
import type { Theme } from './frame.ts';

const COLOURS: readonly ChartColour[] = ['blue', 'purple', 'orange', 'green', 'yellow', 'red', 'foreground'];

/** In dark themes the charts' own orange is a brown that hardly stands out. */
const TOKENS: Readonly<Partial<Record<ChartColour, string>>> = { orange: 'symbolIcon-classForeground' };

/** A theme that lacks a colour gets the text's. */
export function readTheme(): Theme {
  const style = getComputedStyle(document.body);
  const read = (name: string, otherwise: string): string =>
    style.getPropertyValue(`--vscode-${name}`).trim() || otherwise;
  const text = read('foreground', style.color);
  const background = read('editor-background', 'Canvas');
  const series = byColour(colour => read(TOKENS[colour] ?? `charts-${colour}`, text));
  return {
    series,
    fills: byColour(colour => `color-mix(in srgb, ${series[colour]} 45%, ${background})`),
    text: read('descriptionForeground', text),
    lines: style.getPropertyValue('--grid').trim() || text,
    font: { family: style.fontFamily, size: Math.round(Number.parseFloat(style.fontSize) * 0.85) },
  };
}

const byColour = (value: (colour: ChartColour) => string): Readonly<Record<ChartColour, string>> =>
  Object.fromEntries(COLOURS.map(colour => [colour, value(colour)])) as Record<ChartColour, string>;

/** Calls back when the editor's theme, or what a user has set of it, becomes another. */
export function onThemeChange(changed: () => void): { dispose(): void } {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributeFilter: ['style'] });
  return { dispose: () => observer.disconnect() };
}
