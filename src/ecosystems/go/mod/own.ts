import { posix } from 'node:path';
import type { RepoPath } from '../../../domain/ids.ts';

interface Source {
  readonly path: string;
  readonly text: string;
}

/** Files of a Go project that go.mod was never written for; not those of copies and examples of others. */
export const isGoSource = (path: RepoPath): boolean =>
  path.endsWith('.go') && !/(?:^|\/)(?:vendor|testdata|node_modules|third_party|[._][^/]*)\//.test(path);

/** The import paths of a source that a registry would be asked for, or that are the project's own. */
export function importsOf(text: string): readonly string[] {
  const head = text.split(/^(?:func|type|var|const)\b/m)[0] ?? '';
  return [...head.matchAll(/"([\w.-]+\.[a-z]{2,}\/[^"\s]+)"/g)].flatMap(([, path]) => path ?? []);
}

/** What `go mod init` would be told: what the project says of itself, else what its files import of each other. */
export function modulePath(sources: readonly Source[], travis: string | null): string {
  for (const { path, text } of sources) {
    const said = path.includes('/') ? undefined : /^package \w+ *\/\/ *import "([^"]+)"/m.exec(text)?.[1];
    if (said !== undefined) return said;
  }
  const told = /^go_import_path:\s*["']?([\w./-]+)/m.exec(travis ?? '')?.[1];
  return told ?? mostImported(sources) ?? importedByTests(sources) ?? 'example.com/project';
}

/** The path below which most imports lead to a folder of the tree. */
function mostImported(sources: readonly Source[]): string | null {
  const folders = new Set(sources.map(({ path }) => posix.dirname(path)).filter((folder) => folder !== '.'));
  const found = new Map<string, number>();
  for (const path of sources.flatMap(({ text }) => importsOf(text)))
    for (const folder of folders)
      if (path.endsWith(`/${folder}`)) {
        const before = path.slice(0, -folder.length - 1);
        found.set(before, (found.get(before) ?? 0) + 1);
      }
  return [...found].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

/** Tests in the root that import their own package from outside. */
function importedByTests(sources: readonly Source[]): string | null {
  for (const { path, text } of sources) {
    const name = path.includes('/') ? undefined : /^package (\w+)_test\b/m.exec(text)?.[1];
    const own = name === undefined ? undefined : importsOf(text).find((each) => posix.basename(each).includes(name));
    if (own !== undefined) return own;
  }
  return null;
}
