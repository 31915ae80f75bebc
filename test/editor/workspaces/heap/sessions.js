// Holds more sessions each time, and writes its heap each time: first, second, third.heapsnapshot.
const path = require('node:path');
const v8 = require('node:v8');

class Session {
  constructor(id) {
    this.id = id;
    this.token = `token of session ${id} `.padEnd(40, 'x');
    this.cart = { items: [id], note: `<b>note</b> \u202e ${id}` };
  }
}

const sessions = new Map();

function login(id) {
  sessions.set(`user ${id}`, new Session(id));
}

let users = 0;
for (const name of ['first', 'second', 'third']) {
  for (let each = 0; each < 300; each++) login(users++);
  v8.writeHeapSnapshot(path.join(__dirname, `${name}.heapsnapshot`));
}
process.on('exit', () => login(users));
