import type { ManifestContract } from '../../../domain/contract/manifest-contract.ts';
import type { NamesRunner } from '../../../domain/contract/ecosystem-rules.ts';

/** Requirements are the candidate's own, but for packages that judge; `replace`, `go`, `toolchain` and the rest are the base's. */
export const goModContract = (base: string, candidate: string, namesRunner: NamesRunner): ManifestContract =>
  judging(base, namesRunner) === judging(candidate, namesRunner) ? { kind: 'same' } : { kind: 'restore' };

function judging(text: string, namesRunner: NamesRunner): string {
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
