import { packageContract, parse, same, type Sections } from '../../../domain/contract/json-manifest.ts';
import type { ManifestContract } from '../../../domain/contract/manifest-contract.ts';
import { isRunnerPackage } from './runner-packages.ts';

const COMPOSER: Sections = {
  own: new Set(
    `name description version type keywords homepage readme time license authors support funding abandoned autoload \
bin suggest archive non-feature-branches
    require require-dev conflict replace provide minimum-stability prefer-stable`.split(/\s+/),
  ),
  dependencies: ['require', 'require-dev', 'conflict', 'replace', 'provide'],
  isRunner: isRunnerPackage,
  events: /^(pre|post|init$|command$)/,
  onThePath: /^(?:php|composer|env|(?:ba|z|da)?sh|make|git|phpunit|pest)$/,
};

/** Scripts, settings, repositories and what is loaded for tests are the base's. */
export const composerContract = (base: string, candidate: string): ManifestContract =>
  STANDS_IN.test(candidate) && !STANDS_IN.test(base) ? { kind: 'restore' } : packageContract(base, candidate, COMPOSER);

/** A namespace of its own for classes that judge. */
const STANDS_IN = /"(?:PHPUnit|SebastianBergmann|Mockery|Pest)\\\\/i;

/** The lock file may not send a runner elsewhere. */
export function composerLockContract(base: string, candidate: string): ManifestContract {
  const before = parse(base);
  const after = parse(candidate);
  return before && after && same(lockedRunners(before), lockedRunners(after)) ? { kind: 'same' } : { kind: 'restore' };
}

const lockedRunners = (lock: Readonly<Record<string, unknown>>): readonly unknown[] =>
  ['packages', 'packages-dev'].map((section) => {
    const locked: unknown = lock[section];
    return Array.isArray(locked) ? locked.filter((each: unknown) => isRunnerPackage(nameOf(each))) : locked;
  });

const nameOf = (locked: unknown): string =>
  typeof locked === 'object' && locked !== null ? String(Reflect.get(locked, 'name')) : '';
