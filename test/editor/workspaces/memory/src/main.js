const { parseOrders } = require('./orders.js');
const { rememberSession } = require('./sessions.js');

const end = Date.now() + 3500;

function serve() {
  parseOrders(60);
  rememberSession(10);
  if (Date.now() < end) setTimeout(serve, 5);
}

serve();
