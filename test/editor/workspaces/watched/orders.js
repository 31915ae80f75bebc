// Lists orders, the larger the list the longer it takes.
const sleep = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

class OrderService {
  constructor(size) {
    this.size = size;
  }

  async findAll(page) {
    await sleep(page * 15);
    return this.total(page);
  }

  total(page) {
    let sum = 0;
    const end = Date.now() + 5;
    while (Date.now() < end) sum += Math.sqrt(page);
    return sum;
  }
}

async function main() {
  const orders = new OrderService(20);
  for (let page = 0; page < orders.size; page++) await orders.findAll(page % 10);
}

main();
