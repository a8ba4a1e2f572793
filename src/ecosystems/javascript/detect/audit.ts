type Scripts = Readonly<Record<string, string>>;

/** What asks a registry for known faults of packages. Its answer changes with the day and not with the tree, and gates have no network. */
const AUDIT =
  /^(?:npx\s+(?:-\S+\s+)*)?(?:(?:npm|pnpm|yarn)(?:@\S+)?\s+audit|aud(?:@\S+)?|(?:better-npm-audit|audit-ci)(?:@\S+)?)(?:\s|$)/;

/** `npm test` as a line for a shell, without a `posttest` that only audits; null where that is not so. */
export function withoutAudit(scripts: Scripts): string | null {
  const after = (scripts['posttest'] ?? '').split('&&').map((each) => each.trim());
  if (!after.every((each) => AUDIT.test(each))) return null;
  // Scripts that the test starts would lose theirs too.
  const others = Object.keys(scripts).flatMap((name) => /^(?:pre|post)(?!test$)(.+)$/.exec(name)?.[1] ?? []);
  if (
    others.some(
      (name) => Object.hasOwn(scripts, name) && new RegExp(`\\b${RegExp.escape(name)}\\b`).test(scripts['test'] ?? ''),
    )
  )
    return null;
  return `${scripts['pretest'] === undefined ? '' : 'npm run pretest && '}npm test --ignore-scripts`;
}
