import { classify } from './classify.ts';
import type { RepoPath } from '../ids.ts';

const TEXT = /\.(md|markdown|rst|adoc|asciidoc)$/i;
/** Names that are read by people whatever their ending. */
const NAMED =
  /(^|\/)(README|CHANGES|CHANGELOG|HISTORY|NEWS|AUTHORS|CONTRIBUTORS|CONTRIBUTING|LICENSE|LICENCE|COPYING|NOTICE|SECURITY)(\.txt)?$/;
const IN_FOLDER = /(^|\/)docs?\/(.*\/)?[^/]+\.(txt|png|jpe?g|gif|svg|webp)$/i;

/** Read by people, and neither a test nor what decides how tests run. */
export const isDocumentation = (path: RepoPath): boolean =>
  classify(path, '100644') === 'source' && [TEXT, NAMED, IN_FOLDER].some((pattern) => pattern.test(path));
