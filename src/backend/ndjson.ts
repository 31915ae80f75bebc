import fs from 'node:fs/promises';
import * as v from 'valibot';

export interface Lines<T> {
  readonly records: readonly T[];
  /** Lines that are not what they should be: a tail cut off by a kill, or damage. */
  readonly damaged: number;
}

/** Reads a file of one JSON record per line; a missing file has none. */
export async function readLines<S extends v.GenericSchema>(
  file: string,
  schema: S,
): Promise<Lines<v.InferOutput<S>>> {
  const text = await fs.readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return parseLines(text, schema);
}

export function parseLines<S extends v.GenericSchema>(text: string, schema: S): Lines<v.InferOutput<S>> {
  const records: v.InferOutput<S>[] = [];
  let damaged = 0;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const parsed = v.safeParse(schema, parse(line));
    if (parsed.success) records.push(parsed.output);
    else damaged++;
  }
  return { records, damaged };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
