/** What most of an operation's time went to, in words. */
import type { MainCause } from '../../contracts/document.ts';
import { formatShare } from '../../format/numbers.ts';
import { kindWord, ROW_WORDS } from '../../format/operation-words.ts';
import { plainText } from '../../format/untrusted.ts';

type Cause = Pick<MainCause, 'kind' | 'isOnThread' | 'share'>;

/** `waits 61 % for a pool`, `38 % on the CPU`, `blocks its thread 55 % for files`. */
export function causePhrase(cause: Cause): string {
  const { kind, isOnThread, share } = cause;
  const { phrase } = ROW_WORDS[kind];
  if (kind === 'cpu') return `${formatShare(share)} ${phrase}`;
  return isOnThread
    ? `blocks its thread ${formatShare(share)} ${phrase}`
    : `waits ${formatShare(share)} ${phrase}`;
}

/** `pool 61 %`: for narrow rows. */
export const causeBrief = ({ kind, share }: Cause): string => `${kindWord(kind)} ${formatShare(share)}`;

const LONGEST_DETAIL = 160;

/** One sentence: `It waited 61 % of its time for a pool: 3 of 3 connections out.` */
export function causeSentence(cause: (Cause & Pick<MainCause, 'detail'>) | undefined): string {
  if (!cause) return 'Most of its time is unexplained.';
  const { kind, isOnThread, share, detail } = cause;
  const { phrase } = ROW_WORDS[kind];
  const how = kind === 'cpu' ? 'It spent' : isOnThread ? 'It blocked its thread' : 'It waited';
  const what = detail === undefined || detail === '' ? '' : `: ${plainText(detail, LONGEST_DETAIL)}`;
  return `${how} ${formatShare(share)} of its time ${phrase}${what}${what === '' ? '.' : ''}`;
}
