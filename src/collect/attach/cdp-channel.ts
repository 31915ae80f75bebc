/** Requests, answers and events of the Chrome DevTools Protocol over anything that carries texts. */
import { UserError } from '../../contracts/user-error.ts';

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

interface Message {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly method?: string;
  readonly params?: unknown;
}

interface Evaluated<T> {
  readonly result?: { readonly value: T };
  readonly exceptionDetails?: {
    readonly text: string;
    readonly exception?: { readonly description?: string };
  };
}

export class CdpChannel {
  private readonly pending = new Map<number, Pending>();
  private readonly listeners = new Map<string, (params: unknown) => void>();
  private lastId = 0;
  private broken: Error | undefined;

  constructor(private readonly carry: (message: string) => void) {}

  /** Rejects with `attach-no-answer` after the timeout, with `attach-target-gone` when the channel breaks. */
  send<T>(method: string, params: object, timeoutMilliseconds: number): Promise<T> {
    if (this.broken) return Promise.reject(this.broken);
    return new Promise<T>((resolve, reject) => {
      const id = this.post(method, params);
      const timer = setTimeout(() => {
        this.pending.delete(id);
        reject(new UserError('attach-no-answer', { seconds: timeoutMilliseconds / 1000 }));
      }, timeoutMilliseconds);
      this.pending.set(id, { resolve: result => resolve(result as T), reject, timer });
    });
  }

  /** Sends without waiting for the answer. */
  post(method: string, params: object): number {
    const id = ++this.lastId;
    if (!this.broken) this.carry(JSON.stringify({ id, method, params }));
    return id;
  }

  /** The value of an expression, by JSON. Throws `attach-answer` with the message of a JavaScript error over there. */
  async evaluate<T>(expression: string, timeoutMilliseconds: number, withRequire = false): Promise<T> {
    const parameters = evaluation(expression, withRequire);
    const answer = await this.send<Evaluated<T> | undefined>(
      'Runtime.evaluate',
      parameters,
      timeoutMilliseconds,
    );
    const thrown = answer?.exceptionDetails;
    if (thrown) throw answerError(thrown.exception?.description ?? thrown.text);
    if (!answer?.result) throw answerError('it has answered nothing');
    return answer.result.value;
  }

  on(event: string, listener: (params: unknown) => void): void {
    this.listeners.set(event, listener);
  }

  /** Takes a text that came in; one that is no message of the protocol ends the channel. */
  take(text: string): void {
    const message = parse(text);
    if (!message) return this.break(answerError('it has sent what is no message of an inspector'));
    const { id, result, error, method, params } = message;
    if (id === undefined) return this.listeners.get(method ?? '')?.(params);
    const waiting = this.pending.get(id);
    this.pending.delete(id);
    clearTimeout(waiting?.timer);
    if (error) waiting?.reject(answerError(error.message));
    else waiting?.resolve(result);
  }

  /** Ends everything that waits, and all that is sent from now on. */
  break(error: Error): void {
    this.broken ??= error;
    for (const { reject, timer } of this.pending.values()) {
      clearTimeout(timer);
      reject(this.broken);
    }
    this.pending.clear();
  }
}

function parse(text: string): Message | undefined {
  try {
    const message: unknown = JSON.parse(text);
    return typeof message === 'object' && message !== null ? message : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Of a stack from over there the first line is shown: its files are not ours, and it may be anything. */
function answerError(said: unknown): UserError {
  const [detail = ''] = String(said).split('\n');
  return new UserError('attach-answer', { detail }, said);
}

/**
 * `silent` keeps a debugger that pauses on exceptions from pausing on ours. The command line API holds a `require`,
 * but a thread that is still starting is broken by its installation (`installConsoleExtensions` of Node).
 */
export const evaluation = (expression: string, withRequire: boolean): object => ({
  expression,
  returnByValue: true,
  silent: true,
  includeCommandLineAPI: withRequire,
});
