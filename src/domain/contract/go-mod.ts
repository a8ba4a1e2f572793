import type { ManifestContract } from './manifest-contract.ts';
import { namesRunner } from './runner-packages.ts';

/** Requirements are the candidate's own, but for packages that judge; `replace`, `go`, `toolchain` and the rest are the base's. */
export const goModContract = (base: string, candidate: string): ManifestContract =>
  judging(base) === judging(candidate) ? { kind: 'same' } : { kind: 'restore' };

function judging(text: string): string {
  let required = false;
  const kept: string[] = [];
  for (const whole of text.split(/\r?\n/)) {
    const line = whole.replace(/\/\/.*$/, '').trim();
    if (/^require\s*\($/.test(line)) required = true;
    else if (required && line === ')') required = false;
    else if (line !== '' && (namesRunner(line) || !(required || /^require\s+[^\s(]+\s+\S+$/.test(line))))
      kept.push(line.replace(/^require\s+/, ''));
  }
  return kept.sort().join('\n');
}
