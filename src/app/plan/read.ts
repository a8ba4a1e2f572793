import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse, TomlError } from 'smol-toml';
import { classify } from '../../domain/contract/classify.ts';
import { OmkError } from '../../domain/error.ts';
import { documentProblem, type DocumentProblem, type PlanDocument } from '../../domain/plan/document.ts';
import { tasksOf } from '../../domain/planner/from-document.ts';
import { planRefusal } from '../../domain/plan/plan.ts';
import { cleanLine } from '../../domain/text/clean.ts';
import { sha256Hex } from '../../proof/format/bytes.ts';
import { documentOf } from '../../engine/plan/document.ts';
import type { GivenPlan } from '../../engine/commands/given-plan.ts';
import type { LaidFile } from '../../world/git/port.ts';
import { lineOf } from './places.ts';

const MOST_BYTES = 1024 * 1024;

/** The plan that `--plan` names, read once. `OmkError` `PLAN_INVALID` names file, line and rule. */
export async function readPlan(path: string): Promise<GivenPlan> {
  const text = await textOf(path);
  const isJson = path.endsWith('.json');
  const wrong = ({ at, rule }: DocumentProblem, cause?: unknown): OmkError =>
    invalid(path, lineOf(text, isJson, at), rule, cause);
  const read = documentOf(isJson ? fromJson(path, text) : fromToml(path, text));
  if (read.kind === 'problem') throw wrong(read);
  const { document } = read;
  const problem = documentProblem(document);
  if (problem !== null) throw wrong(problem);
  const refusal = planRefusal({ criteria: [], tasks: tasksOf(document) });
  if (refusal !== null) throw new OmkError('PLAN_REFUSED', `${path}: ${refusal}`, 'a new omk run with another plan');
  return { document, sha256: sha256Hex(Buffer.from(text)), files: await filesOf(path, document, wrong), wrong };
}

const invalid = (path: string, line: number, rule: string, cause?: unknown): OmkError =>
  new OmkError(
    'PLAN_INVALID',
    `${path}:${line}: ${cleanLine(rule, 300)}`,
    'mend the plan; omk plan schema prints what it may hold',
    cause === undefined ? {} : { cause },
  );

async function textOf(path: string): Promise<string> {
  const content = await readFile(path).catch((cause: unknown) => {
    throw new OmkError('PLAN_UNREADABLE', `The plan cannot be read from '${path}'`, 'check the path', { cause });
  });
  if (content.length > MOST_BYTES)
    throw new OmkError('PLAN_UNREADABLE', `The plan in '${path}' is over 1 MiB`, 'give a smaller one');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch (cause) {
    throw invalid(path, 1, 'the file is not UTF-8 text', cause);
  }
}

function fromToml(path: string, text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    const why = (cause.message.split('\n')[0] ?? '').replace(/^Invalid TOML document: /, '');
    throw invalid(path, cause.line, `not valid TOML: ${why}`, cause);
  }
}

function fromJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const at = /position (\d+)/.exec(cause instanceof Error ? cause.message : '')?.[1];
    throw invalid(path, at === undefined ? 1 : text.slice(0, Number(at)).split('\n').length, 'not valid JSON', cause);
  }
}

/** The test files that come with a plan, from the folder that it lies in. */
async function filesOf(
  path: string,
  { criteria }: PlanDocument,
  wrong: (problem: DocumentProblem) => OmkError,
): Promise<readonly LaidFile[]> {
  const named = criteria.flatMap(({ files = [] }, index) =>
    files.map((file) => ({ file, at: ['criteria', index, 'files'] })),
  );
  const all = new Map<string, LaidFile>();
  for (const { file, at } of named) {
    if (classify(file) !== 'test') throw wrong({ at, rule: `'${file}' is no test file by its path` });
    const content = await readFile(join(dirname(path), file)).catch(() => null);
    if (content === null) throw wrong({ at, rule: `there is no file '${file}' beside the plan` });
    if (content.length > MOST_BYTES) throw wrong({ at, rule: `'${file}' is over 1 MiB` });
    all.set(file, { path: file, mode: '100644', content });
  }
  return [...all.values()];
}
