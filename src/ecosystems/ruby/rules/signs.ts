import { ofVersion, type Sign } from '../../../domain/gates/sign.ts';

/** What its tools print where something is missing here, rather than wrong in the code. */
export const signs: readonly Sign[] = [
  ofVersion('Ruby', /Your (Ruby version is \S+, but your Gemfile specified [^\n]*[^\s.])/, (name) => `the ${name}`),
];
