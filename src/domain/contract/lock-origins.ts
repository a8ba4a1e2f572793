/** Where a lock file of whatever tool says that a package comes from. */
interface Origins {
  /** Packages by name: whether each entry of one comes from a registry, under its own name. */
  readonly packages: ReadonlyMap<string, boolean>;
  /** Hosts that anything is fetched from. */
  readonly hosts: ReadonlySet<string>;
}

const NAMES: readonly RegExp[] = [
  // Cargo, uv, Poetry.
  /^\[\[package\]\][^[]*?^name = "([^"]+)"/m,
  // Yarn and Bun: `"@scope/name@npm:^1.0.0":`, `name@^1.0.0:`.
  /^"?((?:@[\w.-]+\/)?[\w.-]+)@[^\n]*:$/m,
  // pnpm: `  '@scope/name@1.0.0':`.
  /^ {2}['"/]{0,2}((?:@[\w.-]+\/)?[\w.-]+)[@/][^\n]*:$/m,
];

/** Out of a folder, an archive or a repository: anything may be in it. */
const ELSEWHERE = new RegExp(
  [
    String.raw`^\s+resolution: \{[^\n]*\b(?:tarball|directory|repo|type):`,
    String.raw`^ {2}\S*[@/](?:file|link|https?|git)[:+]`,
    String.raw`^\s+resolution: "[^"\n]*@(?:file|portal|link|exec|https?|git|ssh)[:+]`,
    String.raw`^\s+resolved "(?!https?:)`,
    String.raw`^source = \{ (?!registry)`,
    String.raw`^source = "(?!registry|sparse)`,
    String.raw`^\[package\.source\]\s+type = "(?!legacy)`,
  ].join('|'),
  'm',
);
/** An entry of Yarn that is resolved to another package than it is called, without saying so. */
const ALIAS =
  /^"?((?:@[\w.-]+\/)?[\w.-]+)@npm:(?!(?:@[\w.-]+\/)?[a-z][\w.-]*@)[\s\S]*?^\s+resolution: "((?:@[\w.-]+\/)?[\w.-]+)@/m;

function originsIn(lock: string): Origins {
  const packages = new Map<string, boolean>();
  // What a table of Poetry or uv says of a package stands after a blank line of its own.
  const entries = lock.replaceAll('\r\n', '\n').split(/\n\s*\n(?!\[package\.)/);
  for (const entry of entries) {
    const name = NAMES.map((pattern) => pattern.exec(entry)?.[1]).find((found) => found !== undefined);
    if (name === undefined) continue;
    const [, key, resolved] = ALIAS.exec(entry) ?? [];
    const isPlain = !ELSEWHERE.test(entry) && key === resolved && !isOfTree(entry);
    packages.set(name, (packages.get(name) ?? true) && isPlain);
  }
  return {
    packages,
    hosts: new Set(
      [...lock.replace(/(?:^|\s)#[^\n]*/g, '').matchAll(/https?:\/\/([\w.:@-]+)/g)].map(([, host = '']) => host),
    ),
  };
}

/** Cargo gives packages of the tree no source, and those of others one and a checksum. */
const isOfTree = (entry: string): boolean =>
  /^\[\[package\]\]/m.test(entry) &&
  !/^(?:source|files|wheels|sdist|python-versions|checksum)\b|^\[package\./m.test(entry);

/** Whether what a lock file has from a registry still comes from one, under its name and from no other host. */
export function keepsOrigins(base: string, candidate: string): boolean {
  const [before, after] = [originsIn(base), originsIn(candidate)];
  const isMoved = [...before.packages].some(([name, isPlain]) => isPlain && after.packages.get(name) === false);
  return !isMoved && (before.hosts.size === 0 || after.hosts.isSubsetOf(before.hosts));
}
