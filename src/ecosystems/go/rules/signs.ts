import { ofVersion, type Sign } from '../../../domain/gates/sign.ts';

/** What its tools print where something is missing here, rather than wrong in the code. */
export const signs: readonly Sign[] = [
  ofVersion('Go', /go\.(?:mod|work) requires (go >= \S+ \(running go [\w.]+)/, (name) => `it requires ${name})`),
];
