import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRepository } from '../../src/world/git/repository/create.ts';
import { finish, writeFiles, type Ran } from '../support/machine.ts';
import { GOAL, REPOSITORY, type Behaviour } from './behaviours.ts';

/** `success`: it ends as done. `refused`: it says that it is not. `broken`: neither, so that nothing was shown. */
export type End = 'success' | 'refused' | 'broken';

export interface Place {
  /** A folder with everything of one run. */
  readonly dir: string;
  readonly repository: string;
  /** A shell script that does what the behaviour does, in the folder where it is started. */
  readonly script: string;
  /** A scenario of the scripted agent that does the same. */
  readonly scenario: string;
  run(program: string, args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran>;
}

export interface Tool {
  readonly name: string;
  /** The program that must be on the PATH; null: it is always there. */
  readonly needs: string | null;
  /** One behaviour to its end. */
  play(place: Place): Promise<End>;
}

const ROOT = join(import.meta.dirname, '..', '..');
const OMK = join(ROOT, 'bin', 'omk.js');

/** Codes of a tool that says done with 0 and not done with these. */
const byCode = ({ code }: Ran, refusing: readonly number[]): End => {
  if (code === 0) return 'success';
  return code !== null && refusing.includes(code) ? 'refused' : 'broken';
};

/** As each is used without help: the command that judges, and its defaults. */
export const TOOLS: readonly Tool[] = [
  {
    name: 'omk judge',
    needs: null,
    async play({ run, script }) {
      await run('sh', [script]);
      // 2: nothing changed, so there is nothing to judge.
      return byCode(await run(process.execPath, [OMK, 'judge', '--expect', 'fix', '--json']), [2, 3, 4]);
    },
  },
  {
    name: 'omk run',
    needs: null,
    async play({ run, scenario }) {
      const args = [OMK, 'run', '--json', '--max-attempts', '1', '--agent', `scripted:${scenario}`, GOAL];
      return byCode(await run(process.execPath, args), [3, 4]);
    },
  },
  {
    name: 'sig',
    needs: 'sig',
    async play({ dir, run, script }) {
      const tasks = join(dir, 'tasks.json');
      const files = ['src/add.js', 'test/add.test.js', 'package.json'];
      writeFileSync(tasks, JSON.stringify([{ id: 'fix', prompt: GOAL, files }]));
      const args = ['run', '-repo', '.', '-tasks', tasks, '-agent', `sh '${script}'`, '-verify', 'npm test', '-json'];
      const ran = await run('sig', args);
      // Where its checks could not even begin, nothing was said about the change.
      return byCode(ran, /unknown flag|flag provided but not defined/.test(ran.err) ? [] : [1, 3]);
    },
  },
  {
    name: 'bernstein',
    needs: 'bernstein',
    async play({ dir, run, script }) {
      const agent = `#!/bin/sh\nsh '${script}'\n[ -z "$BERNSTEIN_TASK_ID" ] || bernstein task complete "$BERNSTEIN_TASK_ID"\n`;
      writeFiles(join(dir, 'bin'), { generic: agent, 'generic-cli': agent });
      const env = { PATH: `${join(dir, 'bin')}:${process.env['PATH'] ?? ''}` };
      await run('bernstein', ['init'], env);
      // It does not work on the default branch.
      await run('git', ['checkout', '-q', '-b', 'work']);
      const ran = await run('bernstein', ['run', '--cli', 'generic', '--wait=240', '--goal', GOAL], env);
      await run('bernstein', ['stop', '--force'], env);
      return byCode(ran, /No such option|Refusing to start/.test(ran.out + ran.err) ? [] : [1, 3]);
    },
  },
  {
    name: 'gnhf',
    needs: 'gnhf',
    async play({ run, scenario }) {
      const agent = `acp:${process.execPath} ${join(ROOT, 'dist', 'scripted-agent.js')} ${scenario}`;
      const ran = await run('gnhf', ['--agent', agent, '--max-iterations', '1', '--stop-when', 'the tests pass', GOAL]);
      return byCode(ran, [1]);
    },
  },
];

/** Long enough for a machine under load. */
const LIMIT_MS = 300_000;

/** One behaviour with one tool, in a repository, a home and a state of its own. */
export async function play(tool: Tool, behaviour: Behaviour): Promise<End> {
  const dir = mkdtempSync(join(tmpdir(), 'omk-peers-'));
  try {
    const repository = join(dir, 'repository');
    writeFiles(repository, REPOSITORY);
    await createRepository(repository, 'Start');
    const script = join(dir, 'agent.sh');
    writeFiles(dir, {
      'agent.sh': scriptOf(behaviour, dir),
      'scenario.json': JSON.stringify(scenarioOf(behaviour)),
      ...Object.fromEntries(
        Object.entries(behaviour.writes).flatMap(([path, text]) => (text === null ? [] : [[`files/${path}`, text]])),
      ),
    });
    const env = { PATH: process.env['PATH'] ?? '', HOME: dir, OMK_STATE_DIR: join(dir, 'state'), CI: '1' };
    const run: Place['run'] = (program, args, more = {}) =>
      finish(
        spawn(program, args, {
          cwd: repository,
          env: { ...env, ...more },
          timeout: LIMIT_MS,
          stdio: ['pipe', 'pipe', 'pipe'],
        }),
        '',
      );
    return await tool.play({ dir, repository, script, scenario: join(dir, 'scenario.json'), run });
  } finally {
    rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
  }
}

const scriptOf = ({ writes, says }: Behaviour, dir: string): string =>
  [
    ...Object.entries(writes).map(([path, text]) =>
      text === null ? `rm '${path}'` : `cp '${dir}/files/${path}' '${path}'`,
    ),
    `echo '${says}'`,
    '',
  ].join('\n');

const scenarioOf = ({ writes, says }: Behaviour): unknown => ({
  turns: [
    {
      steps: [
        ...Object.entries(writes).map(([path, content]) =>
          content === null ? { delete: path } : { write: { path, content } },
        ),
        { say: says === '' ? 'nothing' : says },
      ],
    },
  ],
  then: 'say_done',
});

/** Why a tool cannot be played here, or null. */
export function absent({ needs }: Tool): string | null {
  if (needs === null) return null;
  const found = spawnSync('sh', ['-c', `command -v ${needs}`], { stdio: 'ignore' }).status === 0;
  return found ? null : `\`${needs}\` is not installed`;
}

export interface Column {
  readonly tool: string;
  /** In the order of the behaviours. */
  readonly ends: readonly End[];
}

export const isWrong = (behaviour: Behaviour, end: End): boolean =>
  behaviour.isHonest ? end !== 'success' : end === 'success';

const WORDS: Readonly<Record<End, string>> = { success: 'done', refused: 'refused', broken: 'no verdict' };

/** A row for each behaviour and a last one with what each tool got wrong; wrong ends are marked. */
export function renderPeers(
  behaviours: readonly Behaviour[],
  columns: readonly Column[],
  skipped: readonly { readonly tool: string; readonly why: string }[],
): string {
  const cells = (row: readonly string[]): string => `| ${row.join(' | ')} |`;
  const rows = behaviours.map((behaviour, index) => [
    behaviour.name,
    ...columns.map(({ ends }) => {
      const end = ends[index] ?? 'broken';
      return isWrong(behaviour, end) ? `**${WORDS[end]}**` : WORDS[end];
    }),
  ]);
  const wrong = columns.map(({ ends }) => {
    const tried = behaviours.filter((_each, index) => ends[index] !== 'broken');
    const count = behaviours.filter(
      (each, index) => ends[index] !== 'broken' && isWrong(each, ends[index] ?? 'broken'),
    ).length;
    return `${count} of ${tried.length}`;
  });
  return [
    cells(['behaviour', ...columns.map(({ tool }) => tool)]),
    cells(['---', ...columns.map(() => '---')]),
    ...rows.map(cells),
    cells(['wrong', ...wrong]),
    ...skipped.map(({ tool, why }) => `skipped ${tool}: ${why}`),
  ].join('\n');
}
