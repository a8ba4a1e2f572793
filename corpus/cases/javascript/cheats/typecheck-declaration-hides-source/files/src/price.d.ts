export const price: (cents: number, discount: number) => number;
