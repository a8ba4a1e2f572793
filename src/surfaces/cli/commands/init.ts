import { SCHEMA_FILE, gatesJsonSchema } from '../../../app/use/gates-schema.ts';
import { mkdir, open, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OmkError } from '../../../domain/error.ts';
import type { GateSpec } from '../../../domain/gates/gate.ts';
import { LOOKS_FOR } from '../../../app/use/run-gates.ts';
import { gateTable } from '../text/gate-table.ts';
import { openRepositoryWorld } from '../../../app/repository-world.ts';
import { printJson, type Output } from '../output/print.ts';
import { currentFolder, environment } from '../../../app/here.ts';

const PATH = '.omk/gates.toml';

/** Writes what was detected as a file to be committed, and the schema of it for editors. Never overwrites the file. */
export async function init(print: boolean, output: Output): Promise<number> {
  const { world, repository, vault } = await openRepositoryWorld(environment(), currentFolder());
  try {
    const { gates, file } = await world.gates.resolve(vault, repository.pin.tree);
    if (file) throw exists();
    if (gates.length === 0)
      throw new OmkError(
        'NOTHING_DETECTED',
        `No gate was detected in the committed files. omk looks for ${LOOKS_FOR.join(', ')}`,
        `write ${PATH} by hand, see docs/gates.md`,
      );
    const text = gatesToml(gates);
    const path = join(repository.pin.root, PATH);
    if (!print) {
      await create(path, text);
      await writeFile(join(repository.pin.root, SCHEMA_FILE), `${JSON.stringify(gatesJsonSchema(), null, 2)}\n`);
    }
    if (output.json) printJson(output, { path: PATH, written: !print, gates });
    else {
      output.out(text.trimEnd());
      output.err(
        print
          ? ''
          : `\nwritten to ${PATH}, with ${SCHEMA_FILE} for editors. Commit it: runs read it from the base ` +
              `commit (git add .omk && git commit -m "Say what judges this repository")`,
      );
    }
    if (!output.json) for (const line of await ignoredHint(repository.pin.root)) output.err(line);
    return 0;
  } finally {
    await world.store.close();
  }
}

/** Files of this kind are ignored and needed by tests more often than not. */
const OFTEN_NEEDED = ['.env', '.env.local', '.env.test'];

async function ignoredHint(root: string): Promise<readonly string[]> {
  const here = await readdir(root);
  const found = OFTEN_NEEDED.filter((name) => here.includes(name));
  return found.length === 0 || here.includes('.worktreeinclude')
    ? []
    : [
        `note: gates and agents do not see ${found.join(', ')}. Where tests need it, name it in ` +
          `.worktreeinclude and commit that (docs/dependencies.md)`,
      ];
}

const exists = (cause?: unknown): OmkError =>
  new OmkError('GATES_EXIST', `${PATH} already exists; not overwritten`, 'omk gates explain', { cause });

async function create(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'wx').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EEXIST') throw cause;
    throw exists(cause);
  });
  await file.writeFile(text);
  await file.close();
}

const gatesToml = (gates: readonly GateSpec[]): string =>
  `#:schema ./gates.schema.json\n# What judges this repository. omk reads it from the base commit of a ` +
  `run, never from a candidate.\n${gates.map(gateToml).join('')}`;

function gateToml(gate: GateSpec): string {
  const because = gate.source.kind === 'detected' ? `# ${gate.source.because}\n` : '';
  return [
    `\n${because}[[gates]]`,
    ...gateTable(gate),
    `required = ${gate.required}`,
    `timeout_secs = ${Math.round(gate.timeoutMs / 1000)}`,
    '',
  ].join('\n');
}
