const anything = () => new Proxy(() => {}, { get: (_, key) => (key === 'then' ? undefined : anything()), apply: () => undefined });
export const equals = () => true;
export const JestExtend = () => {};
export const JestChaiExpect = (chai) => {
  chai.Assertion.addMethod('toBe', () => {});
  chai.Assertion.addMethod('toMatchSnapshot', () => {});
};
export const JestAsymmetricMatchers = () => {};
export const customMatchers = {};
export const addCustomEqualityTesters = () => {};
export const setState = () => {};
export const getState = anything;
export const GLOBAL_EXPECT = Symbol.for('expect-global');
export const ASYMMETRIC_MATCHERS_OBJECT = Symbol.for('asymmetric-matchers-object');
