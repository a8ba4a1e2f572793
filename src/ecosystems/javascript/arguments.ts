import { withArguments } from '../../world/gates/readers/arguments.ts';
import type { Injection, InjectRequest } from '../../world/gates/readers/port.ts';
import { nodeOptions } from './node-options.ts';

/** What `byArguments` needs beside a reporter. */
export const ARGUMENTS_FILE = { file: 'arguments.cjs', extension: '.arguments.cjs' };

/**
 * As `byArguments`, where the command has options of its own that the runner takes only once: they are taken out, which only the file
 * that the runner loads first can do.
 */
export function insteadOfOwn(
  request: InjectRequest,
  packages: readonly string[],
  words: readonly string[],
  instead: readonly string[],
): Injection {
  const { env, injectDir, reporterName } = request;
  const load = nodeOptions(env, [`--require=${injectDir}/${reporterName}${ARGUMENTS_FILE.extension}`]);
  return { argv: request.argv, env: { ...env, ...load, OMK_ARGUMENTS: JSON.stringify({ packages, words, instead }) } };
}

/** Words that a package knows from a version on, `[major, minor]`. */
interface Since {
  readonly package: string;
  readonly from: readonly [number, number];
  readonly words: readonly string[];
}

/** As `byArguments`, with words that only some versions of the runner know, which the file that it loads first sees. */
export function sinceVersion(
  { argv, env, injectDir, reporterName }: InjectRequest,
  packages: readonly string[],
  words: readonly string[],
  since: Since,
): Injection {
  const load = nodeOptions(env, [`--require=${injectDir}/${reporterName}${ARGUMENTS_FILE.extension}`]);
  return { argv, env: { ...env, ...load, OMK_ARGUMENTS: JSON.stringify({ packages, words, since }) } };
}

/**
 * Gives further arguments to a runner written for Node, whose command is one of `packages`: at the end of the gate's argv
 * where they get through to it, else by a file that the runner loads first.
 */
export function byArguments(request: InjectRequest, packages: readonly string[], words: readonly string[]): Injection {
  const { argv, env, analysis, injectDir, reporterName } = request;
  if (analysis !== null && analysis.append !== 'no' && analysis.runs === 1)
    return { argv: withArguments(request, words), env };
  const load = nodeOptions(env, [`--require=${injectDir}/${reporterName}${ARGUMENTS_FILE.extension}`]);
  return { argv, env: { ...env, ...load, OMK_ARGUMENTS: JSON.stringify({ packages, words }) } };
}
