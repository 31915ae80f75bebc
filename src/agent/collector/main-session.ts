import { Session } from 'node:inspector';

/** Promises over the collector's inspector session to the main thread. */
export class MainSession {
  private readonly session = new Session();

  connect(): void {
    this.session.connectToMainThread();
  }

  on<T>(event: string, listener: (params: T) => void): void {
    this.session.on(event, (message: { params: T }) => listener(message.params));
  }

  post<T>(method: string, params: object = {}): Promise<T> {
    return new Promise((resolve, reject) => {
      this.session.post(method, params, (error, result) => {
        if (error) reject(new Error(`${method}: ${error.message}`));
        else resolve(result as T);
      });
    });
  }

  /** Runs an expression in the main thread, also while it is busy. */
  async evaluate<T>(expression: string): Promise<T> {
    interface Evaluated {
      result: { value: T };
      exceptionDetails?: { text: string; exception?: { description?: string } };
    }
    const { result, exceptionDetails } = await this.post<Evaluated>('Runtime.evaluate', {
      expression,
      returnByValue: true,
      silent: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  disconnect(): void {
    this.session.disconnect();
  }
}
