'use strict';
// Functions that call themselves and each other: V8 inlines a few levels of them.

function build(depth, seed) {
  if (depth === 0) return { value: (seed % 101) + 0.5, left: null, right: null };
  return {
    value: (seed % 97) + 0.5,
    left: build(depth - 1, seed * 2 + 1),
    right: build(depth - 1, seed * 2 + 2),
  };
}

function weigh(node, level) {
  let weight = node.value + 0.5;
  for (let round = 0; round < 1500; round++) {
    weight = Math.sqrt(weight + level);
  }
  if (node.left === null) return weight;
  return weight + weigh(node.left, level + 1) + weigh(node.right, level + 1);
}

function isEven(node, parity) {
  let wave = parity + 0.5;
  for (let beat = 0; beat < 5000; beat++) wave = wave * 0.75 + 1.5;
  return node.left === null ? wave : isOdd(node.left, parity) + isOdd(node.right, parity);
}

function isOdd(node, parity) {
  let fraction = node.value + 0.5;
  for (let term = 1; term < 2000; term++) fraction = node.value + 1 / fraction;
  if (node.left === null) return fraction;
  return isEven(node.left, parity + 1) + isEven(node.right, parity + 1);
}

function depthFirst(node, visit) {
  visit(node);
  if (node.left !== null) {
    depthFirst(node.left, visit);
    depthFirst(node.right, visit);
  }
}

const tree = build(4, 1);
let total = 0;
let rounds = 0;

function walk() {
  for (let repeat = 0; repeat < 2; repeat++) {
    total += weigh(tree, repeat);
    total += isEven(tree, repeat + 0.5);
    depthFirst(tree, node => {
      let trace = node.value + 0.5;
      for (let step = 0; step < 4000; step++) trace = trace * 0.75 + node.value;
      total += trace;
    });
  }
  if (++rounds < 1400) setImmediate(walk);
  else process.exitCode = Number.isFinite(total) ? 0 : 1;
}

walk();
