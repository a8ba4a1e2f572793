const { lower } = require('./lower');

exports.address = (name, domain) => `${lower(name)}@${domain}`.replace(' ', '.');
