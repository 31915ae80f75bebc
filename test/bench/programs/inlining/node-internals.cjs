'use strict';
// Callbacks of timers, immediates, nextTick and event emitters: V8 inlines them into Node's own functions.
const { EventEmitter } = require('node:events');

const orders = new EventEmitter();
const prices = Float64Array.from({ length: 3000 }, (_, index) => 5 + ((index * 13) % 89));
let total = 0;
let rounds = 0;

orders.on('order', function price(order) {
  let sum = 0.5;
  for (let item = 0; item < prices.length; item++) {
    sum = sum * 0.99 + prices[item];
  }
  order.sum = sum;
});

orders.on('order', function tax(order) {
  let rate = 0.5;
  for (let year = 0; year < 2000; year++) rate = 1 / (order.quantity + rate);
  order.tax = rate;
});

orders.on('shipped', order => {
  let distance = order.quantity + 0.5;
  for (let leg = 1; leg < 2500; leg++) distance = Math.sqrt(leg + distance);
  total += distance + order.tax;
});

class Order {
  constructor(quantity) {
    this.quantity = quantity;
    this.sum = 0.5;
    this.tax = 0.5;
  }
}

function place() {
  const order = new Order((rounds & 3) + 1.5);
  orders.emit('order', order);
  process.nextTick(ship, order);
}

function ship(order) {
  let weight = order.quantity + 0.5;
  for (let part = 0; part < 5000; part++) weight = weight * 0.75 + order.tax;
  order.quantity += weight * 0.125;
  orders.emit('shipped', order);
}

let audits = 0;

setTimeout(function audit() {
  let balance = 1.5;
  for (let entry = 0; entry < 20000; entry++) balance = 2 + 1 / balance;
  total += balance;
  if (++audits < 1500) setTimeout(audit, 1);
}, 1);

setImmediate(function next() {
  place();
  if (++rounds < 45000) setImmediate(next);
  else process.exitCode = Number.isFinite(total) ? 0 : 1;
});
