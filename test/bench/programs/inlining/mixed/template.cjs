'use strict';

/** How wide a text will be, by a made-up font. */
function widthOf(text) {
  let width = text.length + 0.5;
  let bearing = 0.5;
  for (let pass = 0; pass < 1500; pass++) {
    bearing = 1 / (1.5 + bearing);
    width = width * 0.5 + bearing;
  }
  return width;
}

const row = ({ id, name, price }) => {
  const width = widthOf(name);
  let shade = id + 0.5;
  for (let step = 0; step < 1200; step++) shade = Math.sqrt(shade + width);
  return `<li id="p${id}" style="width:${width | 0}px;opacity:${shade | 0}"><b>${name}</b> <i>${price}</i></li>`;
};

function page(title, products) {
  return `<h1>${title}</h1><ul>${products.map(row).join('\n')}</ul>`;
}

module.exports = { page };
