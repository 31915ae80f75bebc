/** What is said of the programs of test/programs/leaks: leaks that are missed, false ones, lines and kinds. */
import { leakCases, leaksOf, type LeakCase } from '../../process/leak-corpus.ts';
import { atMost, exactly, type Gate, type Row } from '../document.ts';
import { MAJORS, nodeVersions } from '../node-versions.ts';

const QUICK_EVERY = 4;

interface Outcome {
  readonly program: LeakCase;
  readonly isFound: boolean;
  readonly isPlaced: boolean;
  readonly isOfKind: boolean;
}

export async function measureCorpus(root: string, quick: boolean): Promise<{ rows: Row[]; gates: Gate[] }> {
  const programs = leakCases(root).filter((_, index) => !quick || index % QUICK_EVERY === 0);
  const rows: Row[] = [];
  const gates: Gate[] = [];
  for (const { major, node } of await nodeVersions(root, quick ? MAJORS.slice(-1) : MAJORS)) {
    console.error(`Node ${major}: programs …`);
    const outcomes: Outcome[] = [];
    for (const program of programs) outcomes.push(await outcomeOf(root, program, node));
    rows.push(rowOf(major, outcomes));
    gates.push(...gatesOf(major, outcomes));
  }
  return { rows, gates };
}

async function outcomeOf(root: string, program: LeakCase, node: string): Promise<Outcome> {
  const [largest] = await leaksOf(root, program, node);
  const { file, truth } = program;
  const outcome = {
    program,
    isFound: largest !== undefined,
    isPlaced: largest?.file === file && largest.line === truth?.line,
    isOfKind: largest?.kind === truth?.kind,
  };
  if (outcome.isFound !== (truth !== undefined) || (truth && !outcome.isPlaced))
    console.error(`  ${program.name}: ${largest ? `${largest.file}:${largest.line}` : 'no leak'}`);
  return outcome;
}

function counts(outcomes: readonly Outcome[]) {
  const leaking = outcomes.filter(({ program }) => program.truth !== undefined);
  const found = leaking.filter(({ isFound }) => isFound);
  return {
    leaking: leaking.length,
    clean: outcomes.length - leaking.length,
    missed: leaking.length - found.length,
    false: outcomes.filter(({ program, isFound }) => program.truth === undefined && isFound).length,
    misplaced: found.filter(({ isPlaced }) => !isPlaced).length,
    ofAnotherKind: found.filter(({ isOfKind }) => !isOfKind).length,
  };
}

const rowOf = (major: number, outcomes: readonly Outcome[]): Row => ({
  ...{ row: 'programs', node: major },
  ...counts(outcomes),
});

function gatesOf(major: number, outcomes: readonly Outcome[]): Gate[] {
  const { leaking, missed, misplaced, false: wrong } = counts(outcomes);
  return [
    atMost(`Node ${major}: leaks that are missed, share`, 0.05, exactly(missed / leaking)),
    atMost(`Node ${major}: clean programs said to leak`, 0, exactly(wrong)),
    atMost(`Node ${major}: leaks at another line, share`, 0.1, exactly(misplaced / (leaking - missed))),
  ];
}
