import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { distinct, entryIdentity, entryText, type Distinct, type Entry } from '../../domain/backlog/entry.ts';
import { OmkError } from '../../domain/error.ts';
import type { Sha256 } from '../../domain/ids.ts';
import { needsPrompt } from '../../engine/commands/create.ts';
import { readOpenIssues } from '../../engine/delivery/issue.ts';
import { sha256Hex, textOf } from '../../proof/format/bytes.ts';
import type { RepositoryWorld } from '../repository-world.ts';
import { goalsInMarkdown } from './markdown.ts';

export interface KnownEntry extends Entry {
  readonly digest: Sha256;
}

export interface Backlog extends Distinct<KnownEntry> {
  /** How many items a person has ticked: they are left out. */
  readonly ticked: number;
}

/** The open issues of the forge, instead of a path. */
const ISSUES = 'issues';

/** A file with a task list, a folder with a file for each goal, or the issues of the forge. `OmkError` `QUEUE_*`, `FORGE_*`. */
export async function readBacklog(
  from: string,
  labels: readonly string[],
  { world, vault, repository }: RepositoryWorld,
): Promise<Backlog> {
  if (from !== ISSUES) return readFiles(from);
  const issues = await readOpenIssues(world, { vault, branch: repository.pin.branch }, labels);
  return backlogOf(
    issues.map((issue) => ({ where: issue.origin.kind === 'issue' ? `#${issue.origin.number}` : '', ...issue })),
    0,
    labels.length === 0 ? 'No issue of this repository is open' : `No open issue has the label ${labels.join(' and ')}`,
  );
}

export async function readFiles(path: string): Promise<Backlog> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new OmkError('QUEUE_UNREADABLE', `The queue cannot be read from '${path}'`, 'check the path', { cause });
  });
  if (found.isDirectory()) return backlogOf(await ofFolder(path), 0, `No file of '${path}' ends in .md or .txt`);
  const written = goalsInMarkdown(await textIn(path));
  const open = written.filter(({ done }) => !done);
  return backlogOf(
    open.map(({ line, text }) => ({ where: `${basename(path)}:${line}`, prompt: text })),
    written.length - open.length,
    written.length === 0
      ? `'${path}' has no goal: no item of a task list ("- [ ] …") and no heading`
      : `Every goal of '${path}' is ticked`,
  );
}

/** A goal for each plain file. A link could lead to anything on this machine, and what it says is shown to an agent. */
async function ofFolder(path: string): Promise<readonly Entry[]> {
  const found = (await readdir(path, { withFileTypes: true })).filter(
    (each) => !each.isDirectory() && /^[^.].*\.(?:md|txt)$/iu.test(each.name),
  );
  const other = found.find((each) => !each.isFile());
  if (other)
    throw new OmkError(
      'QUEUE_UNREADABLE',
      `'${join(path, other.name)}' is ${other.isSymbolicLink() ? 'a link' : 'no plain file'}, and the goals of a folder are plain files`,
      'copy what it leads to into its place, or remove it',
    );
  const names = found.map(({ name }) => name).sort();
  const entries = await Promise.all(
    names.map(async (name) => ({ where: name, prompt: entryText(await textIn(join(path, name))) })),
  );
  return entries;
}

async function textIn(path: string): Promise<string> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new OmkError('QUEUE_UNREADABLE', `The queue cannot be read from '${path}'`, 'check the path', { cause });
  });
  const text = textOf(bytes);
  if (text !== null && !text.includes('\0')) return text;
  throw new OmkError('QUEUE_UNREADABLE', `'${path}' is not text in UTF-8`, 'write the goals as Markdown');
}

function backlogOf(entries: readonly Entry[], ticked: number, none: string): Backlog {
  if (entries.length === 0)
    throw new OmkError(
      'QUEUE_EMPTY',
      none,
      'a file with "- [ ] <goal>" lines, a folder with a file a goal, or issues: docs/queue.md',
    );
  for (const { where, prompt } of entries) needsPrompt(prompt, `The goal of ${where}`);
  return {
    ...distinct(entries.map((entry) => ({ ...entry, digest: sha256Hex(entryIdentity(entry)) as Sha256 }))),
    ticked,
  };
}
