import type { SourcePlace } from '../../contracts/server.ts';
import { plainText } from '../../format/untrusted.ts';
import { lastName } from '../workspace-paths.ts';

/** How a node looks: plain text only, since names are untrusted. */
export interface NodeText {
  /** Unique in the view and the same after a refresh: by it VS Code keeps what is unfolded. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  /** Codicon, and theme colour of it. */
  readonly icon?: string;
  readonly colour?: string;
  /** Words that menus test for. */
  readonly context?: string;
  readonly fold: 'none' | 'folded' | 'unfolded';
  /** A click opens it. */
  readonly place?: SourcePlace;
  /** What a screen reader says. */
  readonly spoken: string;
}

/**
 * Characters of a label that fit into a row at the default width of the side bar (300 px), by where the row stands.
 * VS Code tells no extension how wide it is, and cuts the description of a row first, which is where places stand.
 * Measured with the widest of the usual fonts (DejaVu Sans, 13 px: 6.75 px for a character).
 */
export const ROOM = { open: 31, entry: 29, finding: 29, function: 33, route: 29 } as const;
/** A level further in, and an icon before the label. */
export const LEVEL_ROOM = 1.2;
export const ICON_ROOM = 3.3;

/** Letters of descriptions are smaller. */
const DESCRIPTION_SHARE = 0.88;
const LEAST_NAME = 12;
const LONGEST_FILE = 16;

/** Characters that are left for a label beside its description; never fewer than a name needs to be told from others. */
export function labelRoom(room: number, description: string, least = LEAST_NAME): number {
  const taken = description === '' ? 0 : 1 + DESCRIPTION_SHARE * description.length;
  return Math.max(least, Math.floor(room - taken));
}

/** A name of at most so many characters, harmless; what distinguishes names is mostly their beginning. */
export function cutName(text: string, longest: number): string {
  const said = plainText(text);
  return said.length <= longest ? said : `${said.slice(0, Math.max(1, Math.floor(longest) - 1))}…`;
}

/** `rank.ts:11`; a long name of a file is cut in its middle. */
export const shortPlace = ({ file, line }: SourcePlace): string =>
  `${plainText(lastName(file), LONGEST_FILE)}:${line}`;

/** For tooltips and screen readers: `/home/me/shop/rank.ts:11`. */
export const fullPlace = ({ file, line }: SourcePlace): string => `${plainText(file)}:${line}`;
