/** A program whose time is spread evenly over one long file: as many hints in one editor as there can be. */

const CHAINS = 11;
const STEPS = 50;
const ENTRIES = 5;
const LINES = 5_000;

/** 0-based, for keystrokes: inside the first function. */
export const PLACES = { head: 0, blank: 8 } as const;

/**
 * The text of a script that runs for as many milliseconds as its first argument says: 5,000 lines, 550 functions of 9
 * lines, which call each other in chains of 50, so that most of them have 0.2 % of the CPU time or more.
 */
export function hotProgram(): string {
  const chains = numbers(CHAINS).flatMap(chain => numbers(STEPS).flatMap(step => functionLines(chain, step)));
  const entries = numbers(ENTRIES).flatMap(entry => [
    `function entry${entry}(value) {`,
    `  return ${numbers(CHAINS)
      .map(chain => `chain${chain}step0(value + ${chain})`)
      .join(' + ')};`,
    '}',
  ]);
  const main = [
    'const end = Date.now() + Number(process.argv[2]);',
    'let sum = 0;',
    `while (Date.now() < end) sum += ${numbers(ENTRIES)
      .map(entry => `entry${entry}(sum)`)
      .join(' + ')};`,
    'if (sum < 0) console.log(sum);',
  ];
  const lines = [...chains, ...entries, ...main];
  return [...lines, ...numbers(LINES - lines.length).map(line => `// ${line}`)].join('\n');
}

function functionLines(chain: number, step: number): string[] {
  const next = step + 1 < STEPS ? `chain${chain}step${step + 1}(sum)` : 'sum';
  return [
    `function chain${chain}step${step}(value) {`,
    '  let sum = value % 1000;',
    '  const turns = 150 + (value % 50);',
    '  for (let turn = 0; turn < turns; turn++) {',
    '    sum = (sum * 31 + turn) % 65521;',
    '  }',
    `  return ${next};`,
    '}',
    '',
  ];
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
