/** Lines of the log wait for a flush that was never written. */
export const truth = { kind: 'global array' };

class AccessLog {
  constructor() {
    this.lines = [];
  }

  write(method, path, status) {
    this.lines.push(`${new Date().toISOString()} ${method} ${path} ${status}`); // leaks here
  }
}

const log = new AccessLog();

export function operation(n) {
  log.write('GET', `/item/${n}`, 200);
}
