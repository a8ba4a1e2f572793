import { nodeOptions } from './node-options.ts';
import type { Injection, InjectRequest, Reader, Started } from './port.ts';
import { readSealed, reportDirIn, sealedBy } from './sealed.ts';

const SCRIPT = /\.[cm]?js$/;
const SHOWS = /(?:require\(\s*|from\s+)['"]tape['"]/;

export const tape: Reader = {
  name: 'tape',
  version: ['node', '--version'],
  reach: 'environment',
  variable: 'NODE_OPTIONS',
  report: 'directory',
  ...sealedBy('tape.cjs'),
  recognise,
  inject,
  read: readSealed('tape'),
};

function recognise(program: string, args: readonly string[]): Started | null {
  if (program === 'tape') return { args };
  const script = program === 'node' ? args.find((arg) => !arg.startsWith('-')) : undefined;
  if (script === undefined || !SCRIPT.test(script)) return null;
  return { args, entry: { path: script.replace(/^\.\//, ''), shows: SHOWS } };
}

function inject({ argv, env, injectDir, reporterName, reportDir, analysis }: InjectRequest): Injection {
  const load = nodeOptions(env, [`--require=${injectDir}/${reporterName}.cjs`]);
  const entries = { OMK_ENTRIES: JSON.stringify(analysis?.entries ?? []) };
  return { argv, env: { ...env, ...reportDirIn(reportDir), ...entries, ...load } };
}
