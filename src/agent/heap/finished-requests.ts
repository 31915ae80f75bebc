import { subscribe, unsubscribe } from 'node:diagnostics_channel';

const FINISHED = 'http.server.response.finish';

/** How many HTTP requests the process has answered: what growth is set against. */
export class FinishedRequests {
  count = 0;

  constructor() {
    subscribe(FINISHED, this.add);
  }

  end(): void {
    unsubscribe(FINISHED, this.add);
  }

  private add = (): void => {
    this.count += 1;
  };
}
