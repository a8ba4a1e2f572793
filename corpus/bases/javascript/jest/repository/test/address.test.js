const { address } = require('../src/address');

describe('address', () => {
  test('joins all names', () => {
    expect(address('Ann Mary Lee', 'example.com')).toBe('ann.mary.lee@example.com');
  });

  test('is in lower case', () => {
    expect(address('ANN', 'example.com')).toBe('ann@example.com');
  });
});
