'use strict';

/** Cents, with the discount in per cent taken off. */
exports.price = (cents, discount) => cents * discount;

exports.total = (items) => items.reduce((sum, { cents, discount }) => sum + exports.price(cents, discount ?? 0), 0);
