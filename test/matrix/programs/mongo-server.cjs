// A MongoDB server for a client's sake: it speaks the wire protocol (OP_MSG, and OP_QUERY for the first word), knows one
// document, and takes as long as a filter's `wait` says, in ms. https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol
const net = require('node:net');
const { deserialize, serialize } = require('bson');

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;

const STATE = () => ({
  ok: 1,
  helloOk: true,
  ismaster: true,
  isWritablePrimary: true,
  maxBsonObjectSize: 16_777_216,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  minWireVersion: 0,
  maxWireVersion: 25,
  localTime: new Date(),
  readOnly: false,
});

async function answer(command) {
  const [name] = Object.keys(command);
  if (/^(hello|ismaster)$/i.test(name)) return STATE();
  const stages = [command.filter, ...(command.pipeline ?? []).map(({ $match }) => $match)];
  const wait = stages.find(stage => stage?.wait)?.wait ?? 0;
  await new Promise(resolve => setTimeout(resolve, wait));
  const ns = `${command.$db}.${command[name]}`;
  if (command.filter?.fails) return { ok: 0, errmsg: 'it failed', code: 2 };
  if (name === 'find' || name === 'aggregate')
    return { ok: 1, cursor: { id: 0n, ns, firstBatch: [{ _id: 1, n: 1 }] } };
  return { ok: 1, n: 1 };
}

/** The sections of an OP_MSG: the command, and lists of documents that belong to it. */
function commandOf(body) {
  return deserialize(body.subarray(5, 5 + body.readInt32LE(5)));
}

function queryOf(body) {
  const from = body.indexOf(0, 4) + 1 + 8;
  return deserialize(body.subarray(from));
}

let newest = 0;

function reply(socket, requestId, opCode, head, document) {
  const body = Buffer.concat([head, serialize(document)]);
  const header = Buffer.alloc(16);
  header.writeInt32LE(16 + body.length, 0);
  header.writeInt32LE(++newest, 4);
  header.writeInt32LE(requestId, 8);
  header.writeInt32LE(opCode, 12);
  socket.write(Buffer.concat([header, body]));
}

async function handle(socket, message) {
  const requestId = message.readInt32LE(4);
  const opCode = message.readInt32LE(12);
  const body = message.subarray(16);
  if (opCode === OP_MSG) reply(socket, requestId, OP_MSG, Buffer.alloc(5), await answer(commandOf(body)));
  if (opCode === OP_QUERY) {
    const head = Buffer.alloc(20);
    head.writeInt32LE(1, 16);
    reply(socket, requestId, OP_REPLY, head, await answer(queryOf(body)));
  }
}

exports.mongoServer = net.createServer(socket => {
  let pending = Buffer.alloc(0);
  socket.on('error', () => socket.destroy());
  socket.on('data', chunk => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 4 && pending.length >= pending.readInt32LE(0)) {
      const length = pending.readInt32LE(0);
      void handle(socket, pending.subarray(0, length));
      pending = pending.subarray(length);
    }
  });
});
