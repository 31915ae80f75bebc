// Keeps rows of every request, 16 KB each, made by a constructor; its port is the first parameter. Without one a timer makes them.
const http = require('node:http');

const rows = [];

class Row {
  constructor(id) {
    this.id = id;
    this.cells = new Array(2000).fill(id);
  }
}

function keep() {
  rows.push(new Row(rows.length)); // leaks here
  return rows.length;
}

const nothing = () => 0;
// Six targets at one place: V8 inlines none of them.
const jobs = [keep, () => 1, () => 2, () => 3, () => 4, nothing];

const port = Number(process.argv[2]);
if (port > 0) http.createServer((_, response) => response.end(String(keep()))).listen(port, '127.0.0.1');
else setInterval(() => jobs.forEach(job => job()), 20);
