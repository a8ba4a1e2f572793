export const subtract = (a, b) => a - b;
