import { isRecord } from '../../../domain/record.ts';

type Lock =
  | { readonly kind: 'locked'; readonly scripts: boolean }
  | { readonly kind: 'empty' }
  | { readonly kind: 'invalid'; readonly detail: string };

/** What a `package-lock.json` or `npm-shrinkwrap.json` of any version installs. */
export function readLock(text: string): Lock {
  let lock: unknown;
  try {
    lock = JSON.parse(text);
  } catch (error) {
    return { kind: 'invalid', detail: error instanceof Error ? error.message : String(error) };
  }
  if (!isRecord(lock)) return { kind: 'invalid', detail: 'it is not an object' };
  const packages = isRecord(lock['packages']) ? Object.entries(lock['packages']).filter(([path]) => path !== '') : [];
  const old = isRecord(lock['dependencies']) ? Object.keys(lock['dependencies']) : [];
  if (packages.length === 0 && old.length === 0) return { kind: 'empty' };
  // Version 1 does not tell which packages have scripts.
  const scripts =
    packages.length === 0 || packages.some(([, entry]) => isRecord(entry) && entry['hasInstallScript'] === true);
  return { kind: 'locked', scripts };
}
