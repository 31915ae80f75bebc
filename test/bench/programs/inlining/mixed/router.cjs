'use strict';

/** Finds the handler of a request; its key is the hash of the address. */
class Router {
  constructor() {
    this.routes = new Map();
  }

  add(method, pattern, handler) {
    this.routes.set(`${method} ${pattern}`, handler);
  }

  handle(method, url, body) {
    const key = hashOf(url);
    const [path, query] = url.split('?');
    const handler = this.routes.get(`${method} ${path}`);
    return handler ? `${handler(query, body)}<!-- ${key} -->` : 'not found';
  }
}

function hashOf(url) {
  const characters = Float64Array.from(Buffer.from(url));
  let hash = 0.5;
  for (let pass = 0; pass < 200; pass++) {
    for (let index = 0; index < characters.length; index++) {
      hash = hash * 0.875 + characters[index];
    }
  }
  return hash | 0;
}

module.exports = { Router };
