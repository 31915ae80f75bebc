/** Verdicts where the rest of a recording is shown: in its view, in findings, behind lines. */
import type { LeaksDocument, LeakState, LeakVerdict } from '../../contracts/leaks.ts';
import type {
  FileHints,
  FindingNode,
  LeakHint,
  LineHint,
  MemorySection,
  VerdictNode,
} from '../../contracts/views/recording.ts';
import { significant } from '../../format/numbers.ts';
import { plainText } from '../../format/untrusted.ts';
import { growthText, holderText, outcome, STATE_WORDS, verdictKey } from './verdict-words.ts';

export const memorySection = (document: LeaksDocument): MemorySection => ({
  outcome: outcome(document),
  verdicts: document.verdicts.map(verdictNode),
});

function verdictNode(verdict: LeakVerdict): VerdictNode {
  const { verdict: state, className, file, line = 1 } = verdict;
  return {
    ...{ key: verdictKey(verdict), state, stateWords: STATE_WORDS[state], className },
    growth: growthText(verdict),
    message: messageOf(verdict),
    ...(file === undefined ? {} : { place: { file, line } }),
  };
}

/** `Session: 1.00 per request (3.20 KB) are never let go. Held by module sessions.ts → Map sessions → Session.` */
function messageOf(verdict: LeakVerdict): string {
  const held = verdict.retainerPath.length > 0 ? ` Held by ${holderText(verdict)}.` : '';
  return `${growthSentence(verdict)}.${held}`;
}

const ENDS: Readonly<Record<LeakState, string>> = {
  leak: 'are never let go',
  suspect: 'have been left, not yet sure whether that goes on',
  cleared: 'were left, and no more come',
};

const growthSentence = (verdict: LeakVerdict): string =>
  `${plainText(verdict.className)}: ${growthText(verdict)} ${ENDS[verdict.verdict]}`;

const leaksOf = ({ verdicts }: LeaksDocument): LeakVerdict[] =>
  verdicts.filter(({ verdict }) => verdict === 'leak');

/** Only of what is sure. */
export function leakFindings(document: LeaksDocument): FindingNode[] {
  return leaksOf(document).map(verdict => {
    const { className, perOperation, advice, file, line = 1 } = verdict;
    const rate = perOperation
      ? `${significant(perOperation.count)} per ${plainText(perOperation.of)}`
      : growthText(verdict);
    return {
      severity: 'warning',
      message: messageOf(verdict),
      advice,
      ...(file === undefined ? {} : { place: { file, line } }),
      brief: { subject: className, said: `leaks ${rate}`, short: `leaks ${rate}` },
    };
  });
}

/** `files` with what leaks on their lines, and further files with nothing else. */
export function withLeakHints(files: readonly FileHints[], document: LeaksDocument): FileHints[] {
  const byFile = new Map<string, LeakVerdict[]>();
  for (const verdict of leaksOf(document)) {
    if (verdict.file === undefined || verdict.line === undefined) continue;
    byFile.set(verdict.file, [...(byFile.get(verdict.file) ?? []), verdict]);
  }
  const known = new Set(files.map(({ file }) => file));
  const added = [...byFile.keys()].filter(file => !known.has(file)).map(file => ({ file, hints: [] }));
  return [...files, ...added].map(file => {
    const verdicts = byFile.get(file.file);
    return verdicts ? { ...file, hints: merged(file.hints, verdicts) } : file;
  });
}

function merged(hints: readonly LineHint[], verdicts: readonly LeakVerdict[]): LineHint[] {
  const byLine = new Map(hints.map(hint => [hint.line, hint]));
  for (const verdict of verdicts) {
    const { line = 1 } = verdict;
    const known = byLine.get(line) ?? { line, text: '', share: 0, heat: 0 as const, functions: [] };
    const leaks = [...(known.leaks ?? []), leakHint(verdict)];
    const text = [known.text, hintText(verdict)].filter(part => part !== '').join(' · ');
    byLine.set(line, { ...known, text, leaks });
  }
  return [...byLine.values()].sort((a, b) => a.line - b.line);
}

const LONGEST_NAME = 40;

/** `leaks Session: 1.00 per request (3.20 KB)`. */
const hintText = (verdict: LeakVerdict): string =>
  `leaks ${plainText(verdict.className, LONGEST_NAME)}: ${growthText(verdict)}`;

function leakHint(verdict: LeakVerdict): LeakHint {
  const { allocatedAt = [] } = verdict;
  return {
    key: verdictKey(verdict),
    growth: growthSentence(verdict),
    holder: holderText(verdict),
    stack: allocatedAt.flatMap(({ name, file, line = 1 }) =>
      file === undefined ? [] : [{ name, place: { file, line } }],
    ),
  };
}
