import { milliseconds, type Milliseconds } from '../contracts/units.ts';
import { UserError } from '../contracts/user-error.ts';
import { parseTime } from './times.ts';

export interface LeaksArguments {
  readonly subject:
    | { readonly kind: 'snapshots'; readonly files: readonly string[] }
    | { readonly kind: 'command'; readonly command: readonly string[] };
  readonly epochs: number;
  /** Without `load`. */
  readonly epochMilliseconds: Milliseconds;
  readonly load?: string;
  readonly out?: string;
  /** Of what is kept in `out`: without the contents of strings. */
  readonly isRedacted: boolean;
  readonly isForced: boolean;
  readonly json: boolean;
}

export const LEAKS_OPTIONS = {
  epochs: { type: 'string' },
  epoch: { type: 'string' },
  force: { type: 'boolean' },
  redact: { type: 'boolean' },
} as const;

type Values = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

const DEFAULT_EPOCHS = 3;
const MOST_EPOCHS = 20;
const DEFAULT_EPOCH = '10s';

/** Throws `usage`. */
export function leaksArguments(
  values: Values,
  files: readonly string[],
  command: readonly string[],
): LeaksArguments {
  const epochs = values['epochs'] === undefined ? DEFAULT_EPOCHS : Number(values['epochs']);
  if (!Number.isInteger(epochs) || epochs < 1 || epochs > MOST_EPOCHS)
    throw new UserError('usage', { detail: `--epochs must be a number from 1 to ${MOST_EPOCHS}.` });
  const { load, out } = values;
  const epoch = typeof values['epoch'] === 'string' ? values['epoch'] : DEFAULT_EPOCH;
  return {
    subject: subjectOf(values, files, command),
    epochs,
    epochMilliseconds: milliseconds(parseTime('--epoch', epoch) / 1000),
    ...(typeof load === 'string' ? { load } : {}),
    ...(typeof out === 'string' ? { out } : {}),
    isRedacted: values['redact'] === true,
    isForced: values['force'] === true,
    json: values['json'] === true,
  };
}

/** What only makes sense for a program. */
const OF_PROGRAM = ['load', 'epoch', 'epochs', 'out', 'force', 'redact'];

function subjectOf(
  values: Values,
  files: readonly string[],
  command: readonly string[],
): LeaksArguments['subject'] {
  if (files.length > 0 && command.length > 0)
    throw new UserError('usage', { detail: 'Give either snapshots or a command after "--", not both.' });
  if (command.length > 0) {
    if (values['load'] !== undefined && values['epoch'] !== undefined)
      throw new UserError('usage', { detail: 'An epoch is one run of --load, or takes --epoch: not both.' });
    if (values['redact'] === true && values['out'] === undefined)
      throw new UserError('usage', { detail: '--redact is of snapshots that are kept: it needs --out.' });
    return { kind: 'command', command };
  }
  if (files.length < 2)
    throw new UserError('usage', {
      detail: 'leaks needs a command after "--", or two snapshots or more, oldest first.',
    });
  const useless = OF_PROGRAM.find(name => values[name] !== undefined);
  if (useless) throw new UserError('usage', { detail: `--${useless} is of a program, not of snapshots.` });
  return { kind: 'snapshots', files };
}
