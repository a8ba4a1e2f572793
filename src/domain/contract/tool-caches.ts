import { allOf } from '../../ecosystems/rules.ts';
import type { RepoPath } from '../ids.ts';

/**
 * What tools keep for themselves and believe the next time: results, compiled code, installations. None of it can be read
 * in a review, and much of it stands in the place of the work that it is the result of, so it is never part of a candidate (trust rule T8).
 */
const TOOL_CACHES = [...allOf(({ toolCaches }) => toolCaches), /(^|\/)\.cache(\/|$)/i];

/** Whether a path, of a file, a link or a folder, is what a tool keeps for itself or lies in it. */
export const isToolCache = (path: RepoPath): boolean => TOOL_CACHES.some((pattern) => pattern.test(path));
