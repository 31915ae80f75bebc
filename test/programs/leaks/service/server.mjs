/** A service that keeps a cart for each request; its port is the first parameter. */
import http from 'node:http';

class Cart {
  constructor(id) {
    this.id = id;
    this.items = Array.from({ length: 20 }, (_, at) => ({ sku: at, count: 1 }));
  }
}

const carts = new Map();

http
  .createServer((request, response) => {
    const cart = new Cart(carts.size); // leaks here
    carts.set(cart.id, cart);
    response.end(String(cart.items.length));
  })
  .listen(Number(process.argv[2]), '127.0.0.1');
