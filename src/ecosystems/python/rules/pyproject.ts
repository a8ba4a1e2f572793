import type { ManifestContract } from '../../../domain/contract/manifest-contract.ts';
import type { NamesRunner } from '../../../domain/contract/ecosystem-rules.ts';
import { judgingLines } from '../../../domain/contract/toml-lines.ts';

/** Tables that say what the project is, not how it is judged. `entry-points` is not one of them: pytest loads plugins from there. */
const OWN = new RegExp(
  String.raw`^\s*\[(project|project\.optional-dependencies|project\.urls|project\.scripts|` +
    String.raw`project\.gui-scripts|dependency-groups|` +
    String.raw`tool\.poetry\.(group\.[\w-]+\.)?dependencies)\]\s*(#.*)?$`,
);
/**
 * Inside such a table, a key that could still be one of the others; a requirement out of a folder, an archive or a repository; a
 * program in the place of one that runs tests.
 */
const SUSPECT = new RegExp(
  [
    String.raw`entry-points|\\u|"""|'''`,
    String.raw`@\s*(?:file:|https?:|git\+|ssh:|\.{0,2}\/)|[{,]\s*(?:path|url|git|file)\s*=`,
    String.raw`^\s*["']?(?:python[\d.]*|pip\d*|uv|poetry|env|(?:ba|da|z)?sh|make|node|git|coverage)["']?\s*=\s*["'][\w.]+:`,
  ].join('|'),
  'i',
);

/** A change outside of those tables brings back the whole file of the base: without a TOML parser here, that much is sure. */
export const pyprojectContract = (base: string, candidate: string, namesRunner: NamesRunner): ManifestContract =>
  judgingLines(base, OWN, SUSPECT, namesRunner) === judgingLines(candidate, OWN, SUSPECT, namesRunner)
    ? { kind: 'same' }
    : { kind: 'restore' };

const BUILDS = /^\[(?:project|build-system|tool\.(?:poetry|setuptools|flit|pdm|hatch|maturin|uv)\b)/;

/** Tables that say what is built and installed. */
export const buildTables = (text: string): string =>
  text
    .split(/^(?=\[)/m)
    .filter((table) => BUILDS.test(table))
    .join('');
