import { nodeOptions } from './node-options.ts';
import type { InjectRequest, Reader } from '../../world/gates/readers/port.ts';
import type { Started } from '../../world/gates/command/analysis.ts';
import { readSealed, reportDirIn, sealedBy } from '../../world/gates/readers/sealed.ts';

interface Preloaded {
  /** Programs that start the runner. */
  readonly programs: RegExp;
  /** What in a script given to Node says that it is this runner. */
  readonly shows: RegExp;
  /** Arguments with which no test runs, or with which it does not end. */
  readonly noRun?: RegExp;
}

const SCRIPT = /\.[cm]?js$/;

/** A JavaScript runner that is told to report by a file which Node loads before it. Scripts that load the runner themselves count. */
export function preloaded<Name extends Reader['name']>(name: Name, { programs, shows, noRun }: Preloaded): Reader {
  const recognise = (program: string, args: readonly string[]): Started | null => {
    if (programs.test(program)) return noRun !== undefined && args.some((arg) => noRun.test(arg)) ? null : { args };
    const script = program === 'node' ? scriptIn(args) : undefined;
    if (script === undefined || !SCRIPT.test(script)) return null;
    return { args, entry: { path: script.replace(/^\.\//, ''), shows } };
  };
  return {
    name,
    version: ['node', '--version'],
    reach: 'environment',
    variable: 'NODE_OPTIONS',
    report: 'directory',
    ...sealedBy(`${name}.cjs`),
    recognise,
    inject({ argv, env, injectDir, reporterName, reportDir, analysis }: InjectRequest) {
      const load = nodeOptions(env, [`--require=${injectDir}/${reporterName}.cjs`]);
      const entries = { OMK_ENTRIES: JSON.stringify(analysis?.entries ?? []) };
      return { argv, env: { ...env, ...reportDirIn(reportDir), ...entries, ...load } };
    },
    read: readSealed(name),
  };
}

const LOADS = /^(?:-r|--require|--import|--loader|--experimental-loader|-C|--conditions)$/;

/** `node -r esm test.js`: what follows such an option is its value. */
const scriptIn = (args: readonly string[]): string | undefined =>
  args.find((arg, index) => !arg.startsWith('-') && !LOADS.test(args[index - 1] ?? ''));
