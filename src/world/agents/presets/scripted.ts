import type { Preset } from './preset.ts';

/** omk's own agent: does what a scenario file says. Its program and arguments come from the spec. */
export const scripted: Preset = {
  name: 'scripted',
  program: 'scripted',
  args: [],
  fix: 'Name a scenario file: `--agent scripted:<file>`.',
  login: 'nothing to log in to',
  needs: null,
  env: [],
  set: {},
  paths: () => [],
  readsThroughClient: true,
  usageHome: null,
  mode: null,
};
