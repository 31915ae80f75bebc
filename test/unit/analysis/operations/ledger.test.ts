import { describe, expect, test } from 'vitest';
import { operationLedger, type LedgerEvidence } from '../../../../src/analysis/operations/ledger.ts';
import { drawnGroups, drawnParts, drawOperation } from '../../../draw/operations.ts';

const ledger = (text: string, evidence?: LedgerEvidence) => operationLedger(drawOperation(text), evidence);
const parts = (text: string, evidence?: LedgerEvidence): string[] => drawnParts(ledger(text, evidence));

describe('a gap belongs to the wait that ended it', () => {
  test('told by a library, at the line of the await', () => {
    expect(
      parts(`
        duration 60
        slices 0-2 50-60
        query 1.9-50 pg select 1
        await 2-50.05 a.js:3 TCPWRAP
      `),
    ).toEqual(['0-2 cpu', '2-50 query pg select 1 a.js:3', '50-60 cpu']);
  });

  test('and before it to the one that ended when it began', () => {
    expect(
      parts(`
        duration 60
        slices 0-2 50-60
        pool 1.9-30 pg
        query 30.1-49.8 pg select 1
        await 2-50 a.js:3 TCPWRAP
      `),
    ).toEqual(['0-2 cpu', '2-30.1 pool pg a.js:3', '30.1-50 query pg select 1 a.js:3', '50-60 cpu']);
  });

  test('of several at once to the last one; the others are listed', () => {
    const told = ledger(`
      duration 40
      slices 0-2 38-40
      query 1-20 pg select 1
      http 1-38 undici api.example/x
      query 1-30 pg select 2
      await 2-38 a.js:9 TCPWRAP
    `);
    expect(drawnParts(told)).toEqual(['0-2 cpu', '2-38 http undici api.example/x a.js:9', '38-40 cpu']);
    expect(
      told.waits.map(({ kind, detail, length, ownMicroseconds }) => [kind, detail, length, ownMicroseconds]),
    ).toEqual([
      ['query', 'select 1', 19_000, 0],
      ['query', 'select 2', 29_000, 0],
      ['http', 'api.example/x', 37_000, 36_000],
    ]);
  });

  test('told by what Node ran last, where no library tells', () => {
    expect(
      parts(`
        duration 60
        slices 0-2 20-21 40-41 58-60
        await 2-20 a.js:3 Timeout
        await 21-40 a.js:4 FSREQCALLBACK
        await 41-58 a.js:5 PBKDF2REQUEST
      `),
    ).toEqual([
      ...['0-2 cpu', '2-20 timer a.js:3', '20-21 cpu', '21-40 fs a.js:4', '40-41 cpu'],
      ...['41-58 crypto a.js:5', '58-60 cpu'],
    ]);
  });

  test('also of an operation that is not armed: without a line', () => {
    expect(parts('duration 60\nslices 0-2 20-60\nresumed 1 Timeout')).toEqual([
      ...['0-2 cpu', '2-20 timer', '20-60 cpu'],
    ]);
  });

  test('of callback code at the line that asked', () => {
    expect(parts('duration 9\nslices 0-1 8-9\nquery 1-8 mysql2 select 1 @b.js:7')).toEqual([
      ...['0-1 cpu', '1-8 query mysql2 select 1 b.js:7', '8-9 cpu'],
    ]);
  });

  test('which the program awaits, not the library in turn', () => {
    expect(
      parts(`
        duration 60
        slices 0-2 50-60
        await 1-50 /node_modules/lib/index.js:3 Timeout
        await 1-50.01 a.js:4 Timeout
      `),
    ).toEqual(['0-2 cpu', '2-50 timer a.js:4', '50-60 cpu']);
  });

  test('or to the only one that went on, which is a guess and said to be', () => {
    expect(
      parts(`
        duration 60
        slices 0-2 20-22 50-60
        stream 1-55 undici
        await 2-20 a.js:3 TCPWRAP
        await 22-50 a.js:3 TCPWRAP
      `),
    ).toEqual([
      ...['0-2 cpu', '2-20 stream undici a.js:3 ~', '20-22 cpu', '22-50 stream undici a.js:3 ~', '50-60 cpu'],
    ]);
  });

  test('or to nobody', () => {
    expect(parts('duration 60\nslices 0-2 50-60')).toEqual(['0-2 cpu', '2-50 unknown', '50-60 cpu']);
    expect(parts('duration 60\nslices 0-2 50-60\nawait 2-50 a.js:3 ODDWRAP')[1]).toBe('2-50 unknown a.js:3');
  });

  test('but not to what had ended long before', () => {
    expect(parts('duration 60\nslices 0-2 50-60\nquery 1-10 pg select 1\nawait 2-50 a.js:3 Timeout')).toEqual(
      ['0-2 cpu', '2-10 query pg select 1 a.js:3', '10-50 timer a.js:3', '50-60 cpu'],
    );
  });
});

describe('what could go on and did not', () => {
  test('waits for the loop: exactly for timers, at most so long for the rest', () => {
    expect(
      parts(`
        duration 60
        slices 0-2 20-22 50-60
        resumed 1 Timeout 8
        resumed 2 TCPWRAP <5
        query 22-49.9 pg select 1
      `),
    ).toEqual([
      ...['0-2 cpu', '2-12 timer', '12-20 loop', '20-22 cpu', '22-50 query pg select 1 ready<5'],
      '50-60 cpu',
    ]);
  });

  test('and so does what let others go first', () => {
    expect(parts('duration 9\nslices 0-1 5-9\nresumed 1 Immediate')[1]).toBe('1-5 loop');
  });
});

describe('garbage collections', () => {
  test('are taken out of slices and of what was ready, and not of waits', () => {
    expect(
      parts('start 1000\nduration 60\nslices 0-10 50-60\nresumed 1 Timeout 10', {
        pauses: [
          { from: 1_002_000, to: 1_004_000 },
          { from: 1_020_000, to: 1_025_000 },
          { from: 1_038_000, to: 1_043_000 },
        ],
      }),
    ).toEqual([...['0-2 cpu', '2-4 gc', '4-10 cpu', '10-40 timer', '40-43 gc', '43-50 loop', '50-60 cpu']]);
  });
});

describe('time on the thread without CPU', () => {
  test('is named, with its line', () => {
    const place = { file: 'a.js', line: 4 };
    const onThread = [{ from: 3000, to: 9000, purpose: { kind: 'fs', place, library: 'node:fs' } as const }];
    expect(parts('duration 20\nslices 0-10 18-20\nresumed 1 Timeout', { onThread })).toEqual([
      ...['0-3 cpu', '3-9 fs! node:fs a.js:4 ~', '9-10 cpu', '10-18 timer', '18-20 cpu'],
    ]);
  });
});

describe('the end of an operation', () => {
  test('that is still open shows what it waits for', () => {
    expect(parts('end open\nduration 60\nslices 0-2\nquery 1- pg select 1\nawait 2- a.js:3')).toEqual([
      ...['0-2 cpu', '2-60 query pg select 1 a.js:3'],
    ]);
  });

  test('that has ended is not what went on beyond it', () => {
    expect(parts('duration 60\nslices 0-2\nquery 1- pg select 1')).toEqual(['0-2 cpu', '2-60 unknown']);
  });

  test('whose beginning is lost says so', () => {
    expect(parts('duration 60\nlost 30\nslices 20-40\nresumed 0 Timeout')).toEqual([
      ...['0-30 unknown', '30-40 cpu', '40-60 unknown'],
    ]);
  });
});

describe('operations inside of an operation', () => {
  test('spend its time: their slices and waits are its own', () => {
    const outer = drawOperation('start 10\nduration 60\nslices 0-2 50-60\nresumed 1 Timeout');
    const inner = drawOperation('start 15\nduration 30\nslices 0-5 20-30\nquery 5-20 pg select 1');
    expect(drawnParts(operationLedger(outer, { inner: [inner] }))).toEqual([
      ...[
        '0-2 cpu',
        '2-5 unknown',
        '5-10 cpu',
        '10-25 query pg select 1',
        '25-35 cpu',
        '35-50 timer',
        '50-60 cpu',
      ],
    ]);
  });
});

describe('a ledger added up', () => {
  const repeated = Array.from(
    { length: 51 },
    (_, n) => `query ${n * 2 + 1}-${n * 2 + 2} pg select 1 @a.js:3`,
  );
  const slices = Array.from({ length: 51 }, (_, n) => `${n * 2}-${n * 2 + 1}`).join(' ');
  const told = ledger(`duration 102\nslices ${slices}\n${repeated.join('\n')}`);

  test('shows what was done again and again', () => {
    expect(drawnGroups(told)).toEqual(['51× cpu: 51 ms', '51× query pg select 1 a.js:3: 51 ms']);
  });

  test('counts questions that were asked at once', () => {
    const atOnce = Array.from({ length: 51 }, () => 'query 1-8 pg select 1');
    const groups = drawnGroups(ledger(`duration 9\nslices 0-1 8-9\n${atOnce.join('\n')}\nawait 1-8 a.js:3`));
    expect(groups[0]).toBe('51× query pg select 1 a.js:3: 7 ms');
  });

  test('names what most of the time went to', () => {
    const { mainCause } = ledger(`
      duration 100
      slices 0-2 63-100
      pool 1-62.9 pg
      await 2-63 db.ts:14 TCPWRAP
    `);
    expect(mainCause).toMatchObject({
      kind: 'pool',
      share: 0.61,
      group: { place: { file: 'db.ts', line: 14 }, count: 1 },
    });
  });

  test('adds up to the duration', () => {
    expect(told.totals).toMatchObject([
      { kind: 'cpu', length: 51_000, share: 0.5 },
      { kind: 'query', length: 51_000, share: 0.5 },
    ]);
  });

  test('has no main cause where there is no time', () => {
    expect(ledger('duration 0')).toMatchObject({ parts: [], totals: [], groups: [] });
  });
});

describe('a wait for which the thread stood still', () => {
  const told = ledger(`
    duration 60
    slices 0-20 50-60
    query! 2-8 node:sqlite select ? @a.js:4
    query! 8-12 node:sqlite select ? @a.js:4
    query 20-50 pg select 1
    await 20-50 a.js:9 TCPWRAP
    query! 50.01-50.05 node:sqlite begin
  `);

  test('is told of the time in which it ran, and explains no other', () => {
    expect(drawnParts(told)).toEqual([
      '0-2 cpu',
      '2-8 query! node:sqlite select ? a.js:4',
      '8-12 query! node:sqlite select ? a.js:4',
      '12-20 cpu',
      '20-50 query pg select 1 a.js:9',
      '50-50.01 cpu',
      '50.01-50.05 query! node:sqlite begin',
      '50.05-60 cpu',
    ]);
  });

  test('is counted, apart from those that let others run', () => {
    expect(drawnGroups(told)).toEqual([
      '1× query pg select 1 a.js:9: 30 ms',
      '4× cpu: 19.96 ms',
      '2× query! node:sqlite select ? a.js:4: 10 ms',
      '1× query! node:sqlite begin: 0.04 ms',
    ]);
  });
});

test('places are those of the sources', () => {
  const place: LedgerEvidence['place'] = ({ file, line }) =>
    file === 'lost.js' ? undefined : { file: file.replace('.js', '.ts'), line: line + 100 };
  expect(parts('duration 9\nslices 0-1 8-9\nawait 1-8 a.js:3 Timeout', { place })[1]).toBe(
    '1-8 timer a.ts:103',
  );
  expect(parts('duration 9\nslices 0-1 8-9\nawait 1-8 lost.js:3 Timeout', { place })[1]).toBe('1-8 timer');
});
