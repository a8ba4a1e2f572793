'use strict';

const { lower } = require('./lower');

exports.address = (name, domain) => {
  const local = lower(name).split(' ').join('.');
  return `${local}@${domain}`;
};
