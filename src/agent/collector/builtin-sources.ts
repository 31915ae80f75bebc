/**
 * Texts of Node's own scripts (`node:…`), read from the collector's own isolate: it runs the same binary, so the
 * texts are exactly those of the program, and the program is not stopped for them.
 */
import { Session } from 'node:inspector';
import { createRequire } from 'node:module';

/** Loading these brings in nearly all internal scripts that a program runs; none of them warns when loaded. */
const PUBLIC_MODULES = [
  'async_hooks child_process crypto dgram diagnostics_channel dns dns/promises events fs fs/promises http http2 https',
  'net os path perf_hooks querystring readline stream stream/promises stream/web string_decoder timers',
  'timers/promises tls url util v8 vm worker_threads zlib',
]
  .join(' ')
  .split(' ');

interface ScriptParsed {
  params: { scriptId: string; url: string };
}

export class BuiltinSources {
  private readonly ids = new Map<string, string>();
  private session: Session | undefined;
  private loaded = false;

  /** Undefined when the collector's isolate has no such script. */
  read(url: string): string | undefined {
    const session = (this.session ??= this.open());
    if (!this.ids.has(url)) this.loadMore();
    const scriptId = this.ids.get(url);
    if (scriptId === undefined) return undefined;
    let text: string | undefined;
    session.post('Debugger.getScriptSource', { scriptId }, (_error, result) => (text = result?.scriptSource));
    return text;
  }

  close(): void {
    this.session?.disconnect();
    this.session = undefined;
  }

  private open(): Session {
    const session = new Session();
    session.connect();
    session.on('Debugger.scriptParsed', ({ params }: ScriptParsed) => {
      if (params.url.startsWith('node:')) this.ids.set(params.url, params.scriptId);
    });
    session.post('Debugger.enable');
    return session;
  }

  private loadMore(): void {
    if (this.loaded) return;
    this.loaded = true;
    const require = createRequire(process.execPath);
    for (const name of PUBLIC_MODULES) require(`node:${name}`);
  }
}
