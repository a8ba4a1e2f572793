import { lockContract, packageContract } from './npm-manifest.ts';
import { pyprojectContract } from './pyproject.ts';

/** How a changed manifest relates to the base's: `same` runner part, `merged` text with the base's runner part, or `restore` the base's file. */
export type ManifestContract = { readonly kind: 'same' } | { readonly kind: 'merged'; readonly text: string } | { readonly kind: 'restore' };

/** Text of both sides; a base of null is a file that the candidate adds. */
export function manifestContract(path: string, base: string | null, candidate: string): ManifestContract {
  if (path.endsWith('pyproject.toml')) return pyprojectContract(base ?? '', candidate);
  // A repository without a lock file pins nothing that a new one could change.
  if (!path.endsWith('package.json')) return base === null ? { kind: 'same' } : lockContract(base, candidate);
  return packageContract(base ?? '{}', candidate);
}
