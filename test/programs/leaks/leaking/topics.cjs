/** Subscribers of a topic are added, and are not removed when they go. */
exports.truth = { kind: 'cache' };

class Broker {
  #topics = new Map();

  subscribe(name, options) {
    let subscribers = this.#topics.get(name);
    if (!subscribers) this.#topics.set(name, (subscribers = new Set()));
    const subscriber = { options, received: 0, cursor: { offset: 0 } }; // leaks here
    subscribers.add(subscriber);
    return subscriber;
  }
}

const broker = new Broker();
const TOPICS = ['orders', 'prices', 'stock'];

exports.operation = n => broker.subscribe(TOPICS[n % TOPICS.length], { group: n }).received;
