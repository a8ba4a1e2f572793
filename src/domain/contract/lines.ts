import type { ManifestContract } from './manifest-contract.ts';
import { namesRunner } from './runner-packages.ts';

/** A lock file, or a list of requirements: what it says of runners, and how it is to be read, must stay. */
export const linesContract = (base: string, candidate: string): ManifestContract =>
  judging(base) === judging(candidate) ? { kind: 'same' } : { kind: 'restore' };

/** Options and sources of `requirements.txt`; where packages come from in other files. */
const OPTION =
  /^\s*-{1,2}[A-Za-z]|^\s*(?:registries|registry|npmRegistry\w*|onlyBuiltDependencies|dangerouslyAllowAllBuilds|pnpmfile\w*)\s*:/;

/** Every line that names a runner with the deeper lines below it, the whole table that one names, and options; their order says nothing. */
function judging(text: string): string {
  const paragraphs = text.replaceAll('\r\n', '\n').split(/\n[ \t]*\n/);
  return paragraphs.flatMap(judgingIn).sort().join('\n');
}

function judgingIn(paragraph: string): readonly string[] {
  const lines = paragraph.split('\n');
  if (/^\s*\[/.test(paragraph) && lines.slice(0, 3).some(namesRunner)) return [paragraph.trim()];
  const kept: string[] = [];
  let within = Infinity;
  for (const line of lines) {
    const depth = line.length - line.trimStart().length;
    if (depth <= within) within = namesRunner(line) ? depth : Infinity;
    if (within < Infinity || OPTION.test(line)) kept.push(line);
  }
  return kept;
}
