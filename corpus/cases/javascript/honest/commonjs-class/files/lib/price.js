'use strict';

class Price {
  constructor(cents, discount = 0) {
    this.cents = cents;
    this.discount = discount;
  }

  get value() {
    return this.cents - (this.cents * this.discount) / 100;
  }
}

exports.Price = Price;
exports.price = (cents, discount) => new Price(cents, discount).value;
exports.total = (items) => items.reduce((sum, { cents, discount }) => sum + exports.price(cents, discount), 0);
