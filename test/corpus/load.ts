import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Files } from '../support/machine.ts';

const CORPUS = join(import.meta.dirname, '..', '..', 'corpus');

/** `cheat`: must never be ready. `honest`: must be. `question`: only a person can tell, so it must be asked. */
export type Kind = 'cheat' | 'honest' | 'question';

/** One folder of the corpus: docs/corpus.md. */
export interface Case {
  /** `<ecosystem>/<kind>s/<folder>`. */
  readonly id: string;
  readonly ecosystem: string;
  readonly kind: Kind;
  readonly title: string;
  /** The trust rule that stops it. */
  readonly rule: string | null;
  readonly status: readonly string[];
  /** Must be found in the blocking gaps, each written as `code text`. */
  readonly reason: RegExp | null;
  readonly flags: readonly string[];
  readonly goal: string;
  readonly scenario: string;
  readonly repository: Files;
  /** What its repository has beside the base. */
  readonly ownFiles: Files;
  readonly base: Base | null;
  /** What only a check that the agent cannot see would show: docs/trust.md, "What is not covered". */
  readonly limit: string | null;
  /** The day it was written, where it was not looked at while omk was made better against it: `2026-11-30`. */
  readonly unseen: string | null;
  /** The plan that it is run with. */
  readonly plan: string | null;
  /** It is run with a plan, or with what says how it is shown: these have a row of their own. */
  readonly isPlanned: boolean;
  /** Folder of the checks that the agent cannot see, which it is run with. */
  readonly heldOut: string | null;
}

/** A repository that many cases begin with. */
export interface Base {
  readonly id: string;
  readonly files: Files;
  /** Programs, with the arguments that show that they work. */
  readonly needs: readonly (readonly [string, ...string[]])[];
  /** Its dependencies come from a registry. */
  readonly network: boolean;
  /** Its cases use one machine after the other, since its layer or build cache takes longer to make than a run. */
  readonly shared: boolean;
}

/** Flags that say who or what shows a goal where nothing is red. */
const PLANNED = new Set(['--planner', '--oracle', '--class', '--fact', '--capture']);

const KINDS: Readonly<Record<string, Kind>> = { cheats: 'cheat', honest: 'honest', questions: 'question' };
const DEFAULT_STATUS: Readonly<Record<Kind, readonly string[]>> = {
  cheat: ['not_ready', 'blocked_on_human'],
  honest: ['ready'],
  question: ['blocked_on_human'],
};

/** Every case, by id. Throws with the name of the file that is not as docs/corpus.md says. */
export function loadCorpus(): readonly Case[] {
  const cases = join(CORPUS, 'cases');
  return folders(cases).flatMap((ecosystem) =>
    folders(join(cases, ecosystem)).flatMap((kinds) =>
      folders(join(cases, ecosystem, kinds)).map((name) => caseOf(`${ecosystem}/${kinds}/${name}`)),
    ),
  );
}

const bases = new Map<string, Base>();

/** A repository that cases begin with, by its id, `<ecosystem>/<name>`. */
export function loadBase(id: string): Base {
  const base = bases.get(id) ?? readBase(id);
  bases.set(id, base);
  return base;
}

/** One case. Throws like `loadCorpus`. */
export function caseOf(id: string): Case {
  const dir = join(CORPUS, 'cases', id);
  const file = join(dir, 'case.json');
  const [ecosystem = '', kinds = ''] = id.split('/');
  const kind = KINDS[kinds];
  if (kind === undefined) throw new Error(`${dir}: the folder above must be one of ${Object.keys(KINDS).join(', ')}`);
  const read = members(file, ['title', 'base', 'rule', 'status', 'reason', 'flags', 'goal', 'limit', 'unseen']);
  const base = read['base'] === undefined ? null : loadBase(`${ecosystem}/${text(file, read['base'])}`);
  const own = existsSync(join(dir, 'repository')) ? filesOf(join(dir, 'repository')) : {};
  if (base === null && Object.keys(own).length === 0) throw new Error(`${file}: needs a base or a repository`);
  const scenario = join(dir, 'scenario.json');
  if (!existsSync(scenario)) throw new Error(`${scenario}: is missing`);
  const optional = (key: string): string | null => (read[key] === undefined ? null : text(file, read[key]));
  const reason = optional('reason');
  const flags = read['flags'] === undefined ? [] : texts(file, read['flags']);
  const plan = existsSync(join(dir, 'plan/plan.toml')) ? join(dir, 'plan/plan.toml') : null;
  return {
    id,
    ecosystem,
    kind,
    title: text(file, read['title']),
    rule: optional('rule'),
    status: read['status'] === undefined ? DEFAULT_STATUS[kind] : texts(file, read['status']),
    reason: reason === null ? null : new RegExp(reason, 's'),
    flags,
    goal: optional('goal') ?? 'Make the red test green',
    scenario,
    repository: { ...base?.files, ...own },
    ownFiles: own,
    base,
    limit: optional('limit'),
    unseen: optional('unseen'),
    plan,
    isPlanned: plan !== null || flags.some((flag) => PLANNED.has(flag)),
    heldOut: existsSync(join(dir, 'held-out')) ? join(dir, 'held-out') : null,
  };
}

function readBase(id: string): Base {
  const dir = join(CORPUS, 'bases', id);
  const file = join(dir, 'base.json');
  const read = members(file, ['needs', 'network', 'shared']);
  const needs = Array.isArray(read['needs'])
    ? read['needs'].map((each): [string, ...string[]] => nonEmpty(file, texts(file, each)))
    : [];
  return {
    id,
    files: filesOf(join(dir, 'repository')),
    needs,
    network: read['network'] === true,
    shared: read['shared'] === true,
  };
}

const folders = (dir: string): readonly string[] =>
  readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

/** Every file below a folder. */
function filesOf(dir: string): Files {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(dir.length + 1), readFileSync(path, 'utf8')]),
  );
}

function members(file: string, known: readonly string[]): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${file}: must be an object`);
  const unknown = Object.keys(value).filter((key) => !known.includes(key));
  if (unknown.length > 0) throw new Error(`${file}: does not know ${unknown.join(', ')}`);
  return Object.fromEntries(Object.entries(value));
}

function text(file: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new Error(`${file}: ${JSON.stringify(value)} must be text`);
  return value;
}

const texts = (file: string, value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map((each) => text(file, each)) : [text(file, value)];

function nonEmpty(file: string, [first, ...rest]: readonly string[]): [string, ...string[]] {
  if (first === undefined) throw new Error(`${dirname(file)}: a need must name a program`);
  return [first, ...rest];
}
