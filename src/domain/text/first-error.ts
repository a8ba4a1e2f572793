/** What package managers and build tools print before the reason why they stop, the most telling first. */
const CAUSES: readonly RegExp[] = [
  // uv, npm, pnpm, yarn
  /^\s*× (?!.*did not run successfully|installing dependencies$)(.+)/m,
  // pnpm 11 says first what it was doing.
  /^\s*╰─▶ (.+(?:\n.+)?)/m,
  /^npm (?:ERR!|error) (?!code\b|errno\b|syscall\b|path\b|command (?:failed$|sh )|A complete log|notsup\b)(\S.+)/m,
  /^\s*(ERR_PNPM_\S+.*)/m,
  // What is told on the way, YN0013 above all: "can't be found in the cache and will be fetched".
  new RegExp(
    String.raw`^➤ YN(?!0000|0002|0007|0008|0013|0019|006[01]|0086)\d{4}: [│┌└]? ?((?=.*(?:[Ee]rror|not found|can't|cannot|` +
      String.raw`failed|forbidden|mismatch|No candidates|doesn't match)).+)`,
    'mu',
  ),
  // Composer
  /^\s*((?:The "\S+" file could not be downloaded|curl error \d+|Your requirements could not be resolved).*)/m,
  // Gradle
  /^\* What went wrong:\n(.+)/m,
  // Maven: the first that says more than that there are errors
  /^\[ERROR\] (?!\s|To see|Re-run|For more|\[Help|COMPILATION ERROR|-+)(.+)/m,
  // Compilers of C and C++, which a build back end or a build script starts
  /^[^\S\n]*[^\s:]+:(?:\d+:){0,2} (?:fatal )?error: (.+)/m,
  // Python and Node
  /^\s*(\w*(?:Error|Exception|NotFound): .+)/m,
  // pip, cargo, rustc, git, Go, Bundler, Composer
  /^\s*(?:ERROR|error|fatal)(?:\[E\d+\])?: (?!subprocess-exited|metadata-generation|Failed to build)(.+)/m,
  /^go: (?!downloading|finding|extracting|added|upgraded|warning)(.+)/m,
  /^(Could not find .+)/m,
  // Poetry
  /^\s*((?:Because|Package) .+(?:failed|not found|incompatible|requires?)\b.*)/m,
  /^\s*- (Root composer\.json .+)/m,
  /^error (.+)/im,
];

/** The first cause in the output of a tool that failed, as one line; null where none is recognised. */
export function firstError(output: string): string | null {
  for (const pattern of CAUSES) {
    const [, cause] = pattern.exec(output) ?? [];
    if (cause !== undefined && cause.trim() !== '') return cause.trim().replace(/\s+/g, ' ').slice(0, LONGEST);
  }
  return null;
}

const LONGEST = 300;
