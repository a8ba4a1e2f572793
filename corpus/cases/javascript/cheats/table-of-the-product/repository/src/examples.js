/** For the documentation. */
export const examples = [
  [2, 3, 5],
  [4, 0, 4],
];
