/** What was found about memory as rows of the view. Pure. */
import { l10n } from 'vscode';
import type { LeakState } from '../../contracts/leaks.ts';
import { plainText } from '../../format/untrusted.ts';
import type { Node } from './nodes.ts';
import { cutName, fullPlace, labelRoom, type NodeText, ROOM, shortPlace } from './row.ts';

type Of<Kind extends Node['kind']> = Extract<Node, { readonly kind: Kind }>;

const LOOKS: Readonly<Record<LeakState, { readonly icon: string; readonly colour: string }>> = {
  leak: { icon: 'warning', colour: 'problemsWarningIcon.foreground' },
  suspect: { icon: 'question', colour: 'descriptionForeground' },
  cleared: { icon: 'pass', colour: 'descriptionForeground' },
};

const LONGEST = 400;

/** `Memory  1 leak found.` */
export function memoryText({ section, recording }: Of<'memory'>): NodeText {
  const { outcome, verdicts } = section;
  return {
    id: `memory ${recording}`,
    label: l10n.t('Memory'),
    description: plainText(outcome),
    tooltip: `${plainText(outcome)}\n${l10n.t('What snapshots of the heap have told, compared with each other')}`,
    icon: 'chip',
    context: 'memory',
    fold: verdicts.length > 0 ? 'unfolded' : 'none',
    spoken: l10n.t('Memory: {0}', plainText(outcome)),
  };
}

/** `Session  1.00 per request (3.20 KB) · sessions.ts:18`. */
export function verdictText({ verdict, recording }: Of<'verdict'>): NodeText {
  const { key, state, stateWords, className, growth, message, place } = verdict;
  const description = [plainText(growth), ...(place ? [shortPlace(place)] : [])].join(' · ');
  return {
    id: `verdict ${recording} ${key}`,
    label: cutName(className, labelRoom(ROOM.route, plainText(growth))),
    description,
    tooltip: [`${stateWords}. ${plainText(message, LONGEST)}`, ...(place ? [fullPlace(place)] : [])].join(
      '\n',
    ),
    ...LOOKS[state],
    context: 'verdict',
    fold: 'none',
    spoken: `${stateWords}: ${plainText(className)}, ${description}`,
  };
}
