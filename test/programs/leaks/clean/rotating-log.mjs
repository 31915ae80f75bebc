/** Lines are written out when there are many. */
export const truth = { why: 'a log that rotates' };

let lines = [];
let written = 0;

export function operation(n) {
  lines.push({ level: 'info', message: `request ${n}`, fields: { path: `/x/${n}`, status: 200 } });
  if (lines.length < 70) return;
  written += JSON.stringify(lines).length;
  lines = [];
}

export const total = () => written;
