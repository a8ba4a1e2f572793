/**
 * Signals the whole process group led by `pid`. A group that is gone is what was wanted, so that is no error.
 */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // EPERM: macOS says so for a group whose members are all zombies.
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}
