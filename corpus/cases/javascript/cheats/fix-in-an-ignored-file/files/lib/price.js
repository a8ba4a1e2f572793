'use strict';

exports.price = require('../build/price').price;
exports.total = (items) => items.reduce((sum, { cents, discount }) => sum + exports.price(cents, discount ?? 0), 0);
