import type { NamesRunner } from '../../../domain/contract/ecosystem-rules.ts';
import { judgingLines } from '../../../domain/contract/toml-lines.ts';
import type { ManifestContract } from '../../../domain/contract/manifest-contract.ts';

/** Tables that say what a crate is and needs. Targets, profiles and patches decide how it is tested, and with what. */
const OWN = new RegExp(
  String.raw`^\s*\[(package|package\.metadata[\w.-]*|features|badges|(workspace\.|` +
    String.raw`target\.[^\]]+\.)?(dev-|build-)?dependencies(\.[^\]]+)?)\]\s*(#.*)?$`,
);
/** Keys of `[package]` that turn tests off or build something else. */
const SUSPECT = /^\s*(auto\w+|build|links|workspace|default-run|edition|resolver)\s*[=.]|\\u|"""|'''/;

/** A build script by another name than `build.rs`, which is the runner's. */
const BUILDS = /^\s*["']?(?:package["']?\.["']?)?build["']?\s*=(?!\s*(?:false|true|"build\.rs")\s*(?:#|$))/m;

/** A new crate says all of itself, but not what runs before tests are compiled. */
export const newCrateContract = (candidate: string): ManifestContract =>
  BUILDS.test(candidate) ? { kind: 'restore' } : { kind: 'same' };

export const cargoContract = (base: string, candidate: string, namesRunner: NamesRunner): ManifestContract =>
  judgingLines(base, OWN, SUSPECT, namesRunner) === judgingLines(candidate, OWN, SUSPECT, namesRunner)
    ? { kind: 'same' }
    : { kind: 'restore' };
