/** The use case behind `analyze`, and the end of `run` and `attach`: inputs become one document. */
import fs from 'node:fs/promises';
import path from 'node:path';
import type { ProfileDocument } from '../contracts/document.ts';
import { MANIFEST_FILE } from '../contracts/recording-files.ts';
import { UserError } from '../contracts/user-error.ts';
import { profileDocument, type DocumentInput, type ThreadInput } from '../present/document.ts';
import { openProfile } from './open-profile.ts';
import { openRecording } from './open-recording.ts';
import type { ThreadProfile } from './thread-profile.ts';

/** Recordings and `.cpuprofile` files (also gzipped); several of them add up. Throws a `UserError`. */
export async function analyze(inputs: readonly string[]): Promise<ProfileDocument> {
  const opened = [];
  for (const input of inputs) opened.push(await open(path.resolve(input)));
  const [first] = opened;
  return profileDocument({
    name: opened.map(({ name }) => name).join(' + '),
    ...(first && opened.length === 1 ? origin(first) : {}),
    threads: opened.flatMap(({ threads }, input) => threads.map(thread => ({ ...thread, input }))),
    problems: opened.flatMap(({ problems }) => problems),
  });
}

async function open(input: string): Promise<DocumentInput> {
  const stat = await fs.stat(input).catch((error: NodeJS.ErrnoException) => {
    throw new UserError('file-not-readable', { file: input, reason: error.code ?? error.message }, error);
  });
  const folder = stat.isDirectory() ? input : path.dirname(input);
  if (stat.isDirectory() || path.basename(input) === MANIFEST_FILE) {
    const { manifest, threads, problems } = await openRecording(folder);
    const { name, startedAt } = manifest;
    return { name, recording: folder, startedAt, threads: threads.map(toInput), problems };
  }
  const { thread, name, problems } = await openProfile(input);
  return { name, threads: [toInput(thread)], problems };
}

const origin = ({ recording, startedAt }: DocumentInput) => ({
  ...(recording === undefined ? {} : { recording }),
  ...(startedAt === undefined ? {} : { startedAt }),
});

/** A thread as present takes it. */
export const toInput = (profile: ThreadProfile): ThreadInput => ({
  ...profile,
  ...(profile.thread ? { agent: profile.thread.agent } : {}),
});
