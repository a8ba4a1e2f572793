export const equal = (): void => {};
export const deepEqual = equal;
