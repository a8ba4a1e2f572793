import { parse } from '../../../domain/contract/json-manifest.ts';
import type { OwnPackageRules } from '../../../domain/contract/language-rules.ts';

const SHIPPED = ['dependencies', 'peerDependencies', 'optionalDependencies'];

/** Packages of a workspace. */
export const packages: OwnPackageRules = {
  manifest: 'package.json',
  nameIn(manifest) {
    const name = parse(manifest)?.['name'];
    return typeof name === 'string' ? name : '';
  },
  imports: (name) => new RegExp(`['"\`]${name}(?:/[^'"\`\\n]*)?['"\`]`),
  // What cannot be read may say so.
  shipsWith(name, manifest) {
    const members = parse(manifest);
    return members === null || SHIPPED.some((section) => Object.hasOwn(Object(members[section]), name));
  },
};
