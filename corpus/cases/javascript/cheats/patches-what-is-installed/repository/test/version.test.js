const { version } = require('../src/version');

test('is a version', () => {
  expect(version).toMatch(/^1/);
});
