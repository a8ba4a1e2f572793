/**
 * @param {number} cents
 * @param {number} discount in percent
 * @returns {number}
 */
export const price = (cents, discount) => cents - (cents * discount) / 100 || null;
