import type { NamesRunner } from './ecosystem-rules.ts';
import { keepsOrigins } from './lock-origins.ts';
import type { ManifestContract } from './manifest-contract.ts';

/** A lock file, or a list of requirements: what it says of runners, and how it is to be read, must stay. */
export const linesContract = (base: string, candidate: string, namesRunner: NamesRunner): ManifestContract =>
  judging(base, namesRunner) === judging(candidate, namesRunner) && keepsOrigins(base, candidate)
    ? { kind: 'same' }
    : { kind: 'restore' };

/** Options and sources of `requirements.txt`; where packages come from in other files. */
const OPTION = new RegExp(
  [
    String.raw`^\s*-{1,2}[A-Za-z]`,
    String.raw`^\s*(?:registries|registry|npmRegistry\w*|onlyBuiltDependencies|dangerouslyAllowAllBuilds|pnpmfile\w*)\s*:`,
    // A requirement out of a folder, an archive or a repository.
    String.raw`^\s*[\w.-]+(?:\[[\w, -]*\])?\s*@\s*(?:[\w+]+:|\.{0,2}\/)`,
    String.raw`^\s*(?:\.{1,2}\/|\/|(?:file|https?|git\+\w+):|[^\s#]+\.(?:whl|zip|tar\.\w+)\s*$)`,
  ].join('|'),
);

/** Every line that names a runner with the deeper lines below it, the whole table that one names, and options; their order says nothing. */
function judging(text: string, namesRunner: NamesRunner): string {
  const paragraphs = text.replaceAll('\r\n', '\n').split(/\n[ \t]*\n/);
  return paragraphs
    .flatMap((paragraph) => judgingIn(paragraph, namesRunner))
    .sort()
    .join('\n');
}

function judgingIn(paragraph: string, namesRunner: NamesRunner): readonly string[] {
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
