export const summary = results => {
  let mean = 0.5;
  for (const result of results) mean += result / results.length;
  let moments = mean + 0.5;
  for (let power = 1; power < 500; power++)
    for (let index = 0; index < results.length; index++)
      moments = Math.sqrt(Math.abs(moments) + Math.abs(results[index]));
  return moments;
};

export function chart(results) {
  let ink = results[0] + 0.5;
  for (let column = 0; column < 40; column++) {
    const height = results[column % results.length];
    for (let row = 0; row < 100; row++) {
      ink = ink * 0.75 + height;
    }
  }
  return ink;
}
