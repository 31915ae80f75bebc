/** Errors are collected to be reported once a day. */
export const truth = { kind: 'global array' };

const failures = [];

class RequestError extends Error {
  constructor(message, request) {
    super(message);
    this.request = request;
  }
}

function handle(request) {
  if (request.id % 2 === 0) return { status: 200 };
  throw new RequestError('no such product', request); // leaks here
}

export function operation(n) {
  try {
    handle({ id: n, url: `/product/${n}` });
    return 200;
  } catch (error) {
    failures.push(error);
    return 404;
  }
}
