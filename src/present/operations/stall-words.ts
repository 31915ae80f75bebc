/** Where a stall was, in words: in what of Node or of a package, and which line of the program has called that. */
import type { OperationRecord } from '../../contracts/operations.ts';
import type { SourcePlace } from '../../contracts/source-place.ts';
import { plainText } from '../../format/untrusted.ts';

type Frame = NonNullable<OperationRecord['stack']>[number];

const LONGEST_NAME = 100;
const PACKAGE = /^.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/].*$/;

/** ` It was in fs.readFileSync, called at report.ts:12.`; empty where its innermost frame is the program's. */
export function stallPlace(
  { stack = [], isSampled = false }: Pick<OperationRecord, 'stack' | 'isSampled'>,
  placeOf: (frame: Frame) => SourcePlace | undefined,
): string {
  const own = stack.findIndex(({ file }) => isOwn(file));
  const callee = own < 0 ? stack[0] : stack[own - 1];
  if (!callee || callee.file === '') return '';
  const within = ` It was in ${calleeName(callee)}`;
  if (own < 0) return `${within}; no line of the program had called that.`;
  const frame = stack[own]!;
  const { file, line } = placeOf(frame) ?? frame;
  return `${within}, called ${isSampled ? 'by the function at' : 'at'} ${plainText(file.replace(/^.*[\\/]/, ''), LONGEST_NAME)}:${line}.`;
}

const isOwn = (file: string): boolean => file !== '' && !file.startsWith('node:') && !PACKAGE.test(file);

/** `fs.readFileSync`; `hash of bcryptjs`; what has no name of its own by its file. */
function calleeName({ name, file }: Frame): string {
  const said = plainText(name === '' ? '(anonymous)' : name, LONGEST_NAME);
  const [, module] = /^node:(\w+)$/.exec(file) ?? [];
  if (module !== undefined) return `${module}.${said}`;
  if (file.startsWith('node:')) return `${said} of Node itself`;
  const [, package_] = PACKAGE.exec(file) ?? [];
  return package_ === undefined ? said : `${said} of ${plainText(package_, LONGEST_NAME)}`;
}
