'use strict';

/** How far apart two products are; costly on purpose. */
const distance = (left, right) => {
  let apart = left.score - right.score;
  for (let step = 1; step <= 2500; step++) {
    apart = apart * 0.9921875 + 1;
  }
  return apart;
};

exports.rank = function rank(scored, sum) {
  scored.sort((left, right) => distance(left, right) - distance(right, left));
  let best = 0;
  scored.forEach((product, place) => {
    let discount = product.score + 0.5;
    for (let week = 0; week < 3000; week++) discount = discount * 0.75 + product.score;
    best += discount / (place + 1);
  });
  return best + sum;
};
