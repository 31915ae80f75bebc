/** Questions to the host, and the answers that come back by number. */

import type { FromHeap } from '../../src/contracts/views/heap.ts';

type WithoutNumber<Message> = Message extends { readonly ask: number } ? Omit<Message, 'ask'> : never;

/** What the page asks; `Questions` gives it a number. */
export type Asked = WithoutNumber<FromHeap>;

/** Why there is no answer; empty where it does not matter any more. */
class Refused extends Error {}

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (reason: Refused) => void;
}

export class Questions {
  readonly #post: (question: Asked & { readonly ask: number }) => void;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  constructor(post: (question: Asked & { readonly ask: number }) => void) {
    this.#post = post;
  }

  /** Rejects with `Refused`. */
  ask<Answer>(question: Asked): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const ask = ++this.#last;
      this.#waiting.set(ask, { resolve: answer => resolve(answer as Answer), reject });
      this.#post({ ...question, ask });
    });
  }

  answer(ask: number, answer: unknown): void {
    this.#take(ask)?.resolve(answer);
  }

  refuse(ask: number, message: string): void {
    this.#take(ask)?.reject(new Refused(message));
  }

  #take(ask: number): Waiting | undefined {
    const waiting = this.#waiting.get(ask);
    this.#waiting.delete(ask);
    return waiting;
  }
}
