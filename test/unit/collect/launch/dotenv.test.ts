import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { parseDotenv } from '../../../../src/collect/launch/dotenv.ts';

// Expected values are those of dotenv 16.
test.each([
  ['A=1\nB=2', { A: '1', B: '2' }],
  ['A=1\r\nB=2\rC=3', { A: '1', B: '2', C: '3' }],
  ['  export A = b  ', { A: 'b' }],
  ['# comment\n\nA=b # comment\nB=c#d', { A: 'b', B: 'c' }],
  ['A="b # c" # comment\nB=\'#\'', { A: 'b # c', B: '#' }],
  [String.raw`A="b\nc\rd\te"`, { A: 'b\nc\rd\\te' }],
  [String.raw`A='b\nc'`, { A: String.raw`b\nc` }],
  ['A="one\ntwo"\nB=2', { A: 'one\ntwo', B: '2' }],
  ["A='one\ntwo'\nB=`three\nfour`", { A: 'one\ntwo', B: 'three\nfour' }],
  [String.raw`A="say \"x\""`, { A: String.raw`say \"x\"` }],
  ['A="{\\"b\\": 1}"', { A: '{\\"b\\": 1}' }],
  ['A=it\'s\nB="open\nC=3', { A: "it's", B: '"open', C: '3' }],
  ['A=\nB= \nC=""', { A: '', B: '', C: '' }],
  ['A=1\nA=2', { A: '2' }],
  ['app.port: 80\nA-B=1', { 'app.port': '80', 'A-B': '1' }],
  ['DB=postgres://u:p@h/d?x=1&y==', { DB: 'postgres://u:p@h/d?x=1&y==' }],
  ['garbage\n=1\nA B=2\nC=3', { garbage: '1', C: '3' }],
  ['', {}],
])('%j', (text, variables) => {
  expect(parseDotenv(text)).toEqual(variables);
});

test('every value without quotes can be written in single quotes', () => {
  const value = string({ unit: 'binary' }).filter(text => !/['\r]|\\$/.test(text));
  assert(
    property(value, value, (a, b) => {
      expect(parseDotenv(`A='${a}'\nB='${b}'`)).toEqual({ A: a, B: b });
    }),
  );
});
