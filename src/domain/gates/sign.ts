/** What may be missing on this machine or in a gate's sandbox, rather than wrong in the code. */
export type Lack =
  | 'dependencies'
  | 'generated'
  | 'submodule'
  | 'lfs'
  | 'git_crypt'
  | 'git'
  | 'network'
  | 'tool'
  | 'service'
  | 'clock'
  | 'locale'
  | 'user';

export interface Sign {
  readonly what: Lack;
  /** What programs print. The first group, where there is one, is what they name. */
  readonly pattern: RegExp;
  readonly says: (name: string) => string;
  readonly fix: string;
}
