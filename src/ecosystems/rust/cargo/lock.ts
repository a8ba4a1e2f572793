/** Names of the crates in a lock file that come from nowhere else: those of the repository. */
export const ownCrates = (lock: string): readonly string[] =>
  lock
    .split(/\r?\n\r?\n/)
    .flatMap((entry) =>
      entry.includes('[[package]]') && !/^source\s*=/m.test(entry)
        ? (/^name = "([^"]+)"$/m.exec(entry)?.[1] ?? [])
        : [],
    );
