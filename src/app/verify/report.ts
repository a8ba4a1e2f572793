export type { Opened } from '../../proof/verify/bundle.ts';
export type { Level, Proven, VerifyReport } from '../../proof/verify/report.ts';
export { ELSEWHERE, lacksResult } from '../../proof/verify/git/check.ts';
