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
  | 'user'
  | 'report';

export interface Sign {
  readonly what: Lack;
  /** What programs print. The first group, where there is one, is what they name. */
  readonly pattern: RegExp;
  readonly says: (name: string) => string;
  readonly fix: string;
}

/** What a project prints that is for another version of a program than the one that is here. */
export const ofVersion = (program: string, pattern: RegExp, says: Sign['says']): Sign => ({
  what: 'tool',
  pattern,
  says,
  fix: `install a ${program} that the project is for, and let the PATH${program === 'JDK' ? ' and JAVA_HOME' : ''} lead to it`,
});

/** What makes files that tests need and git ignores. */
export const setup = (command: string, folder: string, more = 'the folder that it fills'): string =>
  `write setup = "${command}" and cache = ["${folder}"], ${more}, under [worktree] in .omk/config.toml, and commit that`;
