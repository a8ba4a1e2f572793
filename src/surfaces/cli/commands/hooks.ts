import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { hooksIn, withHooks, withoutHooks, writeSettings } from '../../../app/hook/settings/change.ts';
import { madeFiles } from '../../../app/hook/settings/made.ts';
import { stateDir } from '../../../app/paths.ts';
import { placeOf, scopesOf, type Place } from '../../../app/hook/settings/places.ts';
import { OmkError } from '../../../domain/error.ts';
import { HOOK_AGENTS, type HookAgent } from '../../../domain/hooks/answer.ts';
import { clean, cleanLine } from '../../../domain/text/clean.ts';
import { printJson, type Output } from '../output/print.ts';
import { changedLines } from '../text/change.ts';
import type { HooksFlags } from './hooks-flags.ts';
import { currentFolder, environment } from '../../../app/here.ts';

/** `omk hooks install` and `omk hooks remove`. */
export async function changeHooks(
  what: 'install' | 'remove',
  name: string,
  flags: HooksFlags,
  output: Output,
): Promise<number> {
  if (flags.user && flags.project)
    throw new OmkError('FLAG_INVALID', '--user and --project exclude each other', 'name one of them');
  const place = placeOf(agentOf(name), flags.project ? 'project' : 'user', environment(), projectRoot());
  const made = madeFiles(stateDir(environment()));
  const change = what === 'install' ? await withHooks(place, program(place)) : await withoutHooks(place, made);
  const isChange = change.after !== (change.before ?? '');
  const diff = isChange ? changedLines(change.before, change.after ?? '') : [];
  if (!output.json) {
    output.out(isChange ? place.file : `${place.file}: nothing to ${what}`);
    for (const line of diff) output.out(`  ${clean(line)}`);
  }
  const written = isChange && flags.dryRun !== true && (flags.yes === true || (await agreed(output)));
  if (written) await writeSettings(place, change, made);
  const note = what === 'install' ? place.note : null;
  if (output.json) printJson(output, { agent: place.agent, scope: place.scope, file: place.file, written, diff, note });
  else {
    if (written) output.err(change.after === null ? 'removed: omk had made it, and it held nothing else' : 'written');
    if (note !== null) output.err(`note: ${note}`);
  }
  return 0;
}

/** `omk hooks list`. */
export async function listHooks(output: Output): Promise<number> {
  const places = HOOK_AGENTS.flatMap((agent) =>
    scopesOf(agent).map((scope) => placeOf(agent, scope, environment(), projectRoot())),
  );
  const rows = await Promise.all(places.map(rowOf));
  if (output.json) printJson(output, rows);
  else
    for (const { agent, scope, file, installed, problem } of rows) {
      const says = installed ? 'yes' : 'no';
      output.out(
        `${agent.padEnd(8)}${scope.padEnd(9)}${(problem === null ? says : 'unclear').padEnd(9)}${cleanLine(file, 300)}`,
      );
    }
  return 0;
}

async function rowOf(place: Place) {
  const { agent, scope, file } = place;
  const found = await hooksIn(place).catch((error: unknown) => {
    if (error instanceof OmkError) return error;
    throw error;
  });
  return found instanceof OmkError
    ? { agent, scope, file, installed: false, commands: [], problem: found.message }
    : { agent, scope, file, installed: found.length > 0, commands: found, problem: null };
}

function agentOf(name: string): HookAgent {
  const found = HOOK_AGENTS.find((each) => each === name);
  if (found) return found;
  throw new OmkError(
    'HOOK_AGENT_UNKNOWN',
    `omk knows no stop hook of '${cleanLine(name)}'`,
    `${HOOK_AGENTS.join(', ')}; any other program: omk judge --hook generic`,
  );
}

/** In a file that is committed, the name that everybody has; else one that is found from anywhere. */
function program({ scope }: Place): string {
  const onPath = (environment()['PATH'] ?? '')
    .split(delimiter)
    .some((folder) => folder !== '' && existsSync(join(folder, 'omk')));
  const own = process.argv[1];
  return scope === 'project' || onPath || own === undefined ? 'omk' : `'${own.replaceAll("'", `'\\''`)}'`;
}

/** The folder with `.git` above this one, else this one. */
function projectRoot(): string {
  for (let folder = currentFolder(); ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (dirname(folder) === folder) return currentFolder();
  }
}

/** `OmkError` `HOOK_NOT_AGREED` where nobody can be asked. */
async function agreed(output: Output): Promise<boolean> {
  if (output.json || !process.stdin.isTTY)
    throw new OmkError(
      'HOOK_NOT_AGREED',
      'Nothing was written: nobody can be asked here',
      '--yes writes it, --dry-run only shows it',
    );
  process.stderr.write('Write it? [y/N] ');
  for await (const chunk of process.stdin) return /^y(es)?\s*$/iu.test(String(chunk));
  return false;
}
