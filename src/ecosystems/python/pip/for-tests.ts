import { normalise } from './requirements.ts';

/** Groups, extras and environments that hold what tests need. */
const TESTING =
  /^(?:(?:unit-?)?tests?|testing|unittests?|pytest|dev|devel|develop|development|ci)(?:-(?:deps|dependencies|requirements))?$/;

export const isForTests = (name: string): boolean => TESTING.test(normalise(name));
