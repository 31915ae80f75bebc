import fs from 'node:fs/promises';
import * as v from 'valibot';

/** The content of a small JSON file of ours; undefined where there is none, or none that we could have written. */
export async function readJsonFile<S extends v.GenericSchema>(
  file: string,
  schema: S,
): Promise<v.InferOutput<S> | undefined> {
  try {
    const parsed = v.safeParse(schema, JSON.parse(await fs.readFile(file, 'utf8')));
    return parsed.success ? parsed.output : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A reader sees the old content or the new one, whole. */
export async function writeJsonFile(file: string, value: unknown): Promise<void> {
  const part = `${file}.${process.pid}.part`;
  try {
    await fs.writeFile(part, JSON.stringify(value) + '\n');
    await fs.rename(part, file);
  } catch (error) {
    await fs.rm(part, { force: true });
    throw error;
  }
}
