import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { SEGMENT_FILE_PATTERN, threadFolder } from '../../../src/contracts/recording-files.ts';
import type { CallTree } from '../../../src/model/cpu/call-tree.ts';
import { readCpuProfile } from '../../../src/model/cpu/reader.ts';
import { threadTree } from '../../../src/model/cpu/weigh.ts';

/** The call tree of a recorded process's main thread as V8 gave it. */
export async function rawTree(recording: string, pid: number): Promise<CallTree> {
  const folder = path.join(recording, threadFolder(pid, 0));
  const names = (await readdir(folder)).filter(name => SEGMENT_FILE_PATTERN.test(name));
  const segments = names.map(async name =>
    readCpuProfile(gunzipSync(await readFile(path.join(folder, name)))),
  );
  return threadTree(await Promise.all(segments));
}
