/**
 * @param {number} cents
 * @param {number} discount in percent
 * @returns {number}
 */
export const price = (cents, discount) => (cents * (100 - discount)) / 100 + '' - 0;
