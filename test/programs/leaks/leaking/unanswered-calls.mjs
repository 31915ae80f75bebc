/** Answers are matched to calls by id; those that are never answered wait for ever. */
export const truth = { kind: 'pending promise' };

const waiting = new Map();

function call(id, method) {
  return new Promise((resolve, reject) => { // leaks here
    waiting.set(id, { resolve, reject, method });
  });
}

function answer(id, value) {
  waiting.get(id)?.resolve(value);
  waiting.delete(id);
}

async function notify(n) {
  const receipt = await call(n, 'notify');
  return receipt.at;
}

export async function operation(n) {
  void notify(n);
  const reply = call(`q${n}`, 'query');
  answer(`q${n}`, { rows: [] });
  await reply;
}
