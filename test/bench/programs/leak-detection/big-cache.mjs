// A cache of 20,000 pages, of which each epoch asks for 4,000 at random: hours of a warm-up in a second.
export const operationsPerEpoch = 4000;
const PAGES = 20_000;
const pages = new Map();
let state = 1;

const random = () => {
  state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
  return state / 0x80000000;
};

export function operation() {
  const number = Math.floor(random() * PAGES);
  let page = pages.get(number);
  if (!page) pages.set(number, (page = { number, html: `<p>${number}</p>`, readAt: state }));
  return page;
}
