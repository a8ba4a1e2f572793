import { one } from './one.js';

export function add(a, b) {
  var sum = a + b * one;
  return sum;
}
