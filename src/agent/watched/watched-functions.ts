/** Watched functions of this thread: what the host has prepared is put into the files that the program loads. */
import fs from 'node:fs';
import { WATCH_GLOBAL } from '../../contracts/watched-call.ts';
import type { WatchedFile } from '../../contracts/watched.ts';
import type { Guest } from '../guest.ts';
import type { Follow } from '../operations/follow.ts';
import { wrapLoaded } from './loaded-functions.ts';
import { editLoadedTexts } from './loaders.ts';
import { WatchedCalls } from './watched-calls.ts';
import { WatchedTexts } from './watched-texts.ts';

const NOTHING = { undo: [], unreachable: [], loaded: [] };

export class WatchedFunctions {
  private readonly files: readonly WatchedFile[];
  private readonly texts: WatchedTexts;
  private readonly calls: WatchedCalls;
  private readonly undo: readonly (() => void)[];

  /** `watched` is the absolute path of a `WatchedFile[]`, JSON. */
  constructor(
    watched: string,
    private readonly follow: Follow,
    guest: Guest,
  ) {
    this.files = JSON.parse(fs.readFileSync(watched, 'utf8')) as WatchedFile[];
    this.texts = new WatchedTexts(this.files);
    this.calls = new WatchedCalls(follow, guest, this.files);
    Object.defineProperty(globalThis, WATCH_GLOBAL, {
      value: this.calls.begin,
      configurable: true,
      writable: true,
    });
    const wrapped = guest.quietly(() => wrapLoaded(this.files, this.calls.begin), NOTHING);
    for (const file of wrapped.loaded) this.texts.note(file, 'edited');
    for (const name of wrapped.unreachable) follow.problem('watched-not-reached', name);
    this.undo = [...wrapped.undo, editLoadedTexts(this.texts, this.files, guest)];
  }

  /** The functions call us for as long as they live: what they call does nothing from here on. Returns the files they are in. */
  end(): string[] {
    this.calls.end();
    for (const undo of this.undo) undo();
    const watched: string[] = [];
    for (const [{ file }, fate] of this.texts)
      if (fate === 'edited') watched.push(file);
      else if (fate !== 'not-loaded') this.follow.problem(`watched-file-${fate}`, file);
    return watched;
  }
}
