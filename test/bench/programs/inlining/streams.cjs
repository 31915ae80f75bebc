'use strict';
// Streams: the transforms are called through many of Node's own functions.
const { Readable, Transform, Writable } = require('node:stream');
const { pipeline } = require('node:stream/promises');

const CHUNKS = 26000;

function fill(chunk, seed) {
  let state = seed + 0.5;
  for (let index = 0; index < chunk.length; index++) {
    state = 100 + 1 / (state + index);
    chunk[index] = state;
  }
  return chunk;
}

function* source() {
  const buffers = Array.from({ length: 64 }, () => Buffer.alloc(6000));
  for (let index = 0; index < CHUNKS; index++) yield fill(buffers[index & 63], index);
}

class Scramble extends Transform {
  _transform(chunk, _encoding, done) {
    let key = 7.5;
    for (let index = 0; index < chunk.length; index++) {
      key = key * 0.5 + chunk[index];
      chunk[index] = key;
    }
    done(null, chunk);
  }
}

const loudness = new Transform({
  transform(chunk, _encoding, done) {
    let level = 0.5;
    for (let index = 0; index < chunk.length; index++) {
      level = level * 0.998 + chunk[index];
    }
    this.level = level;
    done(null, chunk);
  },
});

let total = 0;
const sink = new Writable({
  write(chunk, _encoding, done) {
    let loss = 0.5;
    for (let index = 0; index < chunk.length; index += 4) {
      loss += chunk[index];
      for (let fold = 0; fold < 4; fold++) loss = Math.sqrt(loss + 1.5);
    }
    total += loss;
    done();
  },
});

pipeline(Readable.from(source()), new Scramble(), loudness, sink).then(() => {
  process.exitCode = total > 0 ? 0 : 1;
});
