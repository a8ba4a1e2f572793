export const sum = (n) => n;
