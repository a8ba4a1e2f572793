import type { ManifestContract } from './manifest-contract.ts';
import { cargoContract, newCrateContract } from './cargo.ts';
import { cmakeContract } from './cmake.ts';
import { composerContract, composerLockContract } from './composer.ts';
import { gemfileContract, gemLockContract, gemspecContract } from './gemfile.ts';
import { goModContract } from './go-mod.ts';
import { linesContract } from './lines.ts';
import { manifestKind } from './manifest-files.ts';
import { projectContract } from './msbuild.ts';
import { lockContract, packageContract } from './npm-manifest.ts';
import { pomContract } from './pom.ts';
import { pyprojectContract } from './pyproject.ts';

/** Text of both sides; a base of null is a file that the candidate adds. */
export function manifestContract(path: string, base: string | null, candidate: string): ManifestContract {
  if (path.endsWith('CMakeLists.txt')) return base === null ? { kind: 'same' } : cmakeContract(base, candidate);
  switch (manifestKind(path)) {
    case 'pyproject.toml':
      return pyprojectContract(base ?? '', candidate);
    case 'package.json':
      return packageContract(base ?? '{}', candidate);
    // A repository without a lock file pins nothing that a new one could change.
    case 'npm lock':
      return base === null ? { kind: 'same' } : lockContract(base, candidate);
    case 'lines':
      return base === null ? { kind: 'same' } : linesContract(base, candidate);
    // A new crate, module or project says all of itself.
    case 'Cargo.toml':
      return base === null ? newCrateContract(candidate) : cargoContract(base, candidate);
    case 'go.mod':
      return base === null ? { kind: 'same' } : goModContract(base, candidate);
    case 'pom.xml':
      return base === null ? { kind: 'same' } : pomContract(base, candidate);
    case 'project':
      return projectContract(base, candidate);
    case 'Gemfile.lock':
      return base === null ? { kind: 'same' } : gemLockContract(base, candidate);
    case 'gemspec':
      return base === null ? { kind: 'same' } : gemspecContract(base, candidate);
    case 'Gemfile':
      return base === null ? { kind: 'restore' } : gemfileContract(base, candidate);
    case 'composer.json':
      return composerContract(base ?? '{}', candidate);
    case 'composer.lock':
      return base === null ? { kind: 'same' } : composerLockContract(base, candidate);
    case null:
      return { kind: 'restore' };
  }
}
