/** Findings, functions and problems of the open recording as rows of the view. Pure. */
import { l10n } from 'vscode';
import type { Severity } from '../../contracts/finding.ts';
import type { Metric } from '../../contracts/profile-source.ts';
import type { SourcePlace } from '../../contracts/server.ts';
import type { FindingNode } from '../../contracts/views/recording.ts';
import { formatCount } from '../../format/numbers.ts';
import { plainText } from '../../format/untrusted.ts';
import { lastName } from '../workspace-paths.ts';
import type { Node } from './nodes.ts';
import {
  cutName,
  fullPlace,
  ICON_ROOM,
  labelRoom,
  LEVEL_ROOM,
  type NodeText,
  ROOM,
  shortPlace,
} from './row.ts';

type Of<Kind extends Node['kind']> = Extract<Node, { readonly kind: Kind }>;

const SEVERITIES: Readonly<Record<Severity, { icon: string; colour: string; spoken: string }>> = {
  error: { icon: 'error', colour: 'problemsErrorIcon.foreground', spoken: l10n.t('Error') },
  warning: { icon: 'warning', colour: 'problemsWarningIcon.foreground', spoken: l10n.t('Warning') },
  info: { icon: 'info', colour: 'problemsInfoIcon.foreground', spoken: l10n.t('Information') },
};

/** `GET /pictures` */
const LEAST_SUBJECT = 13;
/** What a finding is of and what it says come before its place, which the tooltip has too. */
const LEAST_FINDING = 26;

/** `rank burns 38 %  rank.ts:11`, or as much of it as leaves the place visible; all of it in the tooltip. */
export function findingText({ finding, id }: Of<'finding'>): NodeText {
  const { severity, message, advice, place, brief } = finding;
  const { icon, colour, spoken } = SEVERITIES[severity];
  const said = plainText(message);
  const where = place ? shortPlace(place) : '';
  return {
    id,
    label: findingLabel(finding, labelRoom(ROOM.finding, where, LEAST_FINDING)),
    tooltip: [`${said}${place ? `\n${fullPlace(place)}` : ''}`, plainText(advice)].join('\n\n'),
    icon,
    colour,
    fold: 'none',
    spoken: `${spoken}: ${said}${place ? `, ${spokenPlace(place)}` : ''}`,
    ...(place ? { place, description: where } : {}),
    ...(brief?.detail === undefined ? {} : { description: plainText(brief.detail) }),
  };
}

/** The sentence where there is room, else `GET /orders: pool 61 %`, and of a long name its beginning. */
function findingLabel({ message, brief }: FindingNode, room: number): string {
  if (!brief) return plainText(message);
  const { subject, said, short } = brief;
  if (subject === undefined) return plainText(said);
  const sentence = `${plainText(subject)} ${plainText(said)}`;
  if (sentence.length <= room || short === undefined) return sentence;
  const end = `: ${plainText(short)}`;
  return `${cutName(subject, Math.max(LEAST_SUBJECT, room - end.length))}${end}`;
}

const SHARES: Readonly<Record<Metric, (share: string) => string>> = {
  cpu: share => l10n.t('{0} of the CPU time', share),
  allocated: share => l10n.t('{0} of the allocations', share),
  live: share => l10n.t('{0} of what is still held', share),
};

/** `rank  38 % · rank.ts:11`; the callers of a function are further in, with an arrow. */
export function pathText({ path, recording, metric = 'cpu' }: Of<'path'>): NodeText {
  const { name, share, amount, samples, place, chain, hasCallers } = path;
  const said = plainText(name);
  const isCaller = chain.length > 1;
  const description = [plainText(share), ...(place ? [shortPlace(place)] : [])].join(' · ');
  const room = ROOM.function - (isCaller ? ICON_ROOM + LEVEL_ROOM * (chain.length - 1) : 0);
  const amounts = `${plainText(share)} · ${plainText(amount)}`;
  return {
    id: `path ${recording} ${chain.join(' ')}`,
    label: cutName(name, labelRoom(room, description)),
    description,
    tooltip: [
      `${said}${place ? `\n${fullPlace(place)}` : ''}`,
      isCaller
        ? l10n.t('{0} in the function above, called through here', amounts)
        : l10n.t('{0} in the function itself', amounts),
      ...(samples === undefined ? [] : [l10n.t('{0} samples', formatCount(samples))]),
    ].join('\n'),
    ...(isCaller ? { icon: 'call-incoming' } : {}),
    context: 'path',
    fold: hasCallers ? 'folded' : 'none',
    spoken: [
      isCaller ? l10n.t('called by {0}', said) : said,
      SHARES[metric](plainText(share)),
      plainText(amount),
      ...(place ? [spokenPlace(place)] : []),
    ].join(', '),
    ...(place ? { place } : {}),
  };
}

export function problemText({ problem, id }: Of<'problem'>): NodeText {
  const label = plainText(problem.message);
  return {
    id,
    label,
    tooltip: `${label}\n\n${plainText(problem.advice)}`,
    icon: 'warning',
    colour: 'problemsWarningIcon.foreground',
    fold: 'none',
    spoken: l10n.t('Problem: {0} {1}', label, plainText(problem.advice)),
  };
}

const spokenPlace = ({ file, line }: SourcePlace): string =>
  l10n.t('{0} line {1}', plainText(lastName(file)), line);
