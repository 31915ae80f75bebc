/** Pages are cached by URL with its query: each is another one. */
export const truth = { kind: 'cache' };

class Page {
  constructor(url, body) {
    this.url = url;
    this.body = body;
    this.renderedAt = Date.now();
  }
}

const pages = new Map();

function render(url) {
  const cached = pages.get(url);
  if (cached) return cached;
  const page = new Page(url, `<h1>${url}</h1>`.repeat(8)); // leaks here
  pages.set(url, page);
  return page;
}

export function operation(n) {
  render('/start');
  return render(`/search?q=${n}`).body.length;
}
