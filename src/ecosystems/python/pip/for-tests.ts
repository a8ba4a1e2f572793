import { normalise } from './requirements.ts';

/** Groups, extras and environments that hold what tests need. */
const TESTING =
  /^(?:(?:unit-?)?tests?|testing|unittests?|pytest|dev|devel|develop|development|ci)(?:-(?:deps|dependencies|requirements))?$/;

export const isForTests = (name: string): boolean => TESTING.test(normalise(name));

/** Whether a requirement is pytest, the runner of tests that Python does not bring. */
export const isRunner = (requirement: string): boolean => /^\s*pytest\s*(?:$|[<>=!~;[(@])/i.test(requirement);
