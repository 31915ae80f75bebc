/**
 * The instrumented libraries of one thread: what they patch while a recording goes on. See `Library` for one of them.
 */
import Module from 'node:module';
import type { Guest } from '../guest.ts';
import type { Follow } from '../operations/follow.ts';
import { LIBRARIES } from './all.ts';
import { isObject, member, nodeModule, type Library, type PatchFile } from './library.ts';
import { alreadyRequired, onImported, onRequired } from './loading.ts';
import type { Undo } from './wrapped-method.ts';

export class Libraries {
  private readonly undo: Undo[] = [];
  private readonly files = new Map<string, PatchFile>();
  private readonly late = new Map<string, PatchFile>();
  /** Of the modules that Node has loaded, so many have been looked at. */
  private seen = 0;
  private readonly modules = new Map<string, readonly string[]>();
  /** What has been patched: a file can be met twice. */
  private readonly patched = new WeakSet<object>();

  /** Patches Node's own APIs, and packages as the program loads them. Never throws. */
  static start(follow: Follow, guest: Guest, libraries: readonly Library[] = LIBRARIES): Libraries {
    const started = new Libraries(follow, guest);
    for (const library of libraries) started.add(library);
    guest.quietly(() => started.watchLoading(), undefined);
    started.look();
    started.showEsModules();
    return started;
  }

  private constructor(
    private readonly follow: Follow,
    private readonly guest: Guest,
  ) {}

  /** About once a second, and while files are loaded: patches what Node has loaded meanwhile. */
  look(): void {
    const { moduleLoadList: loaded } = process as unknown as { moduleLoadList?: readonly unknown[] };
    if (!Array.isArray(loaded) || loaded.length === this.seen) return;
    for (const entry of loaded.slice(this.seen)) {
      const name = /^NativeModule (.*)/.exec(String(entry))?.[1] ?? '';
      const patch = this.late.get(name);
      if (patch && this.late.delete(name)) this.patch(() => patch(nodeModule(`node:${name}`), this.follow));
    }
    this.seen = loaded.length;
  }

  /** Takes back every patch that is still in its place, the last first. */
  end(): void {
    for (const undo of this.undo.splice(0).toReversed()) this.guest.quietly(undo, undefined);
    this.showEsModules();
  }

  private add({ builtin, lateBuiltins = {}, files = {}, modules = {} }: Library): void {
    for (const [name, patch] of Object.entries(lateBuiltins)) this.late.set(name, patch);
    for (const [file, patch] of Object.entries(files)) this.files.set(file, patch);
    for (const [file, names] of Object.entries(modules)) this.modules.set(file, names);
    if (builtin) this.patch(() => builtin(this.follow));
  }

  private watchLoading(): void {
    const isWanted = (key: string): boolean => {
      this.look();
      return this.files.has(key);
    };
    const onLoaded = (key: string, exported: unknown, module?: { exports: unknown }): void =>
      this.loaded(key, exported, module);
    this.undo.push(onRequired(isWanted, onLoaded));
    this.undo.push(onImported(this.modules, onLoaded));
    alreadyRequired(isWanted, onLoaded);
  }

  private loaded(key: string, exported: unknown, module?: { exports: unknown }): void {
    const patch = this.files.get(key);
    const identity = this.identityOf(key, exported);
    if (!patch || !identity || this.patched.has(identity)) return;
    this.patched.add(identity);
    this.patch(() => patch(exported, this.follow, module));
  }

  /** An ES module that is required comes twice: with what it hands over, and with its namespace. */
  private identityOf(key: string, exported: unknown): object | undefined {
    const handed = this.modules.get(key)?.map(name => member(exported, name)) ?? [];
    const identity = handed.find(Boolean) ?? (handed.length > 0 ? member(exported, 'default') : exported);
    return isObject(identity) ? identity : undefined;
  }

  private patch(work: () => readonly Undo[]): void {
    this.undo.push(...this.guest.quietly(work, []));
  }

  /** `import { readFile } from 'node:fs'` sees a replaced function only when told so. */
  private showEsModules(): void {
    this.guest.quietly(() => Module.syncBuiltinESMExports(), undefined);
  }
}
