/** What is put in is taken out, with some behind. */
export const truth = { why: 'a bounded queue' };

const queue = [];
let done = 0;

export async function operation(n) {
  queue.push({ job: n, input: { page: n, tags: [`t${n}`] } });
  while (queue.length > 25 + (n % 10)) done += queue.shift().input.page;
  await Promise.resolve();
}

export const finished = () => done;
