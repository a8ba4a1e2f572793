import { readFile } from 'node:fs/promises';
import { matchesGlob } from 'node:path';
import * as z from 'zod/mini';
import { OmkError } from '../../domain/error.ts';
import type { PlanDocument } from '../../domain/plan/document.ts';
import { tasksOf } from '../../domain/planner/from-document.ts';
import { planRefusal } from '../../domain/plan/plan.ts';
import { planOfEach, PLACE } from '../../domain/plan/strategies/each.ts';
import { lostDependency, planOfStories, type Story } from '../../domain/plan/strategies/stories.ts';
import { cleanLine } from '../../domain/text/clean.ts';
import type { GivenPlan } from '../../engine/commands/given-plan.ts';
import { sha256Hex, textOf } from '../../proof/format/bytes.ts';
import type { RepositoryWorld } from '../repository-world.ts';

/** As many tasks as a plan may have. */
const MOST = 100;

/** One task for each file of the base that a glob matches, or for each line of a text. `OmkError` `EACH_*`. */
export async function eachPlan(
  prompt: string,
  from: string,
  text: string | null,
  { vault, repository }: Pick<RepositoryWorld, 'vault' | 'repository'>,
): Promise<GivenPlan> {
  if (!prompt.includes(PLACE))
    throw new OmkError(
      'EACH_NO_PLACE',
      `The goal does not say ${PLACE}, so every task of --each would be the same`,
      `omk run --each '${from}' "Add types to ${PLACE}"`,
    );
  const items =
    text === null
      ? (await vault.listTree(repository.pin.tree)).map(({ path }) => path).filter((path) => matchesGlob(path, from))
      : text.split(/\r?\n/u).flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  if (items.length === 0)
    throw new OmkError(
      'EACH_NOTHING',
      text === null
        ? `No file of commit ${repository.pin.commit.slice(0, 12)} matches '${from}'`
        : `'${from}' has no line`,
      "a glob over the committed files such as 'src/**/*.js', or a file with one item a line",
    );
  return limited(planOfEach(prompt, items), items.join('\n'));
}

/** A glob is looked for in the base; anything else names a file with lines. */
export const isGlob = (from: string): boolean => /[*?[{]/u.test(from);

/** The lines of the file that `--each` names. `OmkError` `EACH_UNREADABLE`. */
export async function readLines(path: string): Promise<string> {
  const content = await readFile(path).catch((cause: unknown) => {
    throw unreadable(`'${path}' cannot be read, and is no glob`, cause);
  });
  return linesIn(content, `'${path}'`);
}

/** The same of what is read already. */
export function linesIn(content: Uint8Array, named: string): string {
  const text = textOf(content);
  if (text === null || text.includes('\0')) throw unreadable(`${named} is not text in UTF-8`);
  return text;
}

const unreadable = (text: string, cause?: unknown): OmkError =>
  new OmkError('EACH_UNREADABLE', text, "a file with one item a line, or a glob such as 'src/**/*.js'", { cause });

const words = z.array(z.string());
const needs = z.array(z.union([z.string(), z.number()]));
const story = z.looseObject({
  id: z.exactOptional(z.union([z.string(), z.number()])),
  title: z.exactOptional(z.string()),
  description: z.exactOptional(z.string()),
  acceptanceCriteria: z.exactOptional(words),
  steps: z.exactOptional(words),
  priority: z.exactOptional(z.union([z.number(), z.string()])),
  dependencies: z.exactOptional(needs),
  dependsOn: z.exactOptional(needs),
  notes: z.exactOptional(z.string()),
  passes: z.exactOptional(z.boolean()),
});
const stories = z.array(story);
const prd = z.looseObject({
  description: z.exactOptional(z.string()),
  project: z.exactOptional(z.string()),
  userStories: stories,
});

export interface StoriesPlan extends GivenPlan {
  /** How many stories are left out because the file says that they pass. */
  readonly passing: number;
}

/** The plan that a prd.json makes: its open stories. `OmkError` `STORIES_*`. */
export async function storiesPlan(path: string, apart: boolean): Promise<StoriesPlan> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new OmkError('STORIES_INVALID', `The stories cannot be read from '${path}'`, 'check the path', { cause });
  });
  const file = parsed(path, text);
  const all = file.userStories.map(storyOf);
  const lost = lostDependency(all);
  if (lost) throw invalid(path, `story ${lost.story} depends on ${lost.needs}, which is not there`);
  const twice = all.find(({ id }, index) => all.findIndex((each) => each.id === id) !== index);
  if (twice) throw invalid(path, `two stories have the id ${twice.id}`);
  const document = planOfStories(all, apart);
  if (document.tasks.length === 0)
    throw new OmkError(
      'STORIES_INVALID',
      `Every story of '${path}' passes already`,
      'set passes to false where work is left',
    );
  const goal = file.description ?? file.project ?? `The stories of ${path}`;
  return { ...limited({ ...document, goal }, text), passing: all.length - document.tasks.length };
}

const invalid = (path: string, why: string, cause?: unknown): OmkError =>
  new OmkError(
    'STORIES_INVALID',
    `${path}: ${cleanLine(why, 300)}`,
    'a JSON object with "userStories", each with a title and "acceptanceCriteria": docs/plans.md',
    cause === undefined ? {} : { cause },
  );

function parsed(path: string, text: string): z.infer<typeof prd> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw invalid(path, 'not valid JSON', cause);
  }
  const result = prd.safeParse(Array.isArray(value) ? { userStories: value } : value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw invalid(
    path,
    `${(issue?.path ?? []).map(String).join('.') || 'the file'}: ${issue?.message ?? 'is not what it must be'}`,
  );
}

function storyOf(each: z.infer<typeof story>, index: number): Story {
  const title = each.title ?? each.description ?? '';
  return {
    id: String(each.id ?? index + 1),
    title: cleanLine(title, 72) || `Story ${index + 1}`,
    description: each.description ?? '',
    acceptanceCriteria: each.acceptanceCriteria ?? each.steps ?? [],
    priority: typeof each.priority === 'number' ? each.priority : null,
    dependencies: (each.dependencies ?? each.dependsOn ?? []).map(String),
    notes: each.notes ?? '',
    passes: each.passes === true,
  };
}

function limited(document: PlanDocument, text: string): GivenPlan {
  if (document.tasks.length > MOST)
    throw new OmkError(
      'PLAN_REFUSED',
      `That makes ${document.tasks.length} tasks, and a plan has at most ${MOST}`,
      'a narrower glob, or several runs',
    );
  const refusal = planRefusal({ criteria: [], tasks: tasksOf(document) });
  if (refusal !== null) throw new OmkError('PLAN_REFUSED', refusal, 'mend what the stories depend on');
  const wrong = ({ rule }: { readonly rule: string }): OmkError => new OmkError('PLAN_REFUSED', rule, 'omk gates list');
  return { document, sha256: sha256Hex(Buffer.from(text)), files: [], wrong };
}
