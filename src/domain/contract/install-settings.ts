import { allOf } from '../../ecosystems/rules.ts';
import type { RepoPath } from '../ids.ts';

/** Files that say where packages come from or what runs while they are installed. A candidate's layer is made with the base's. */
const SETTINGS = [...allOf(({ installSettings }) => installSettings), /^\.omk\//];

export const isInstallSetting = (path: RepoPath): boolean => SETTINGS.some((pattern) => pattern.test(path));
