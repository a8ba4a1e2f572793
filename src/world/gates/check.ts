import { OmkError } from '../../domain/error.ts';
import type { GateSpec } from '../../domain/gates/gate.ts';
import { cleanLine } from '../../domain/text/clean.ts';
import { parseCommand } from './command/argv.ts';
import { settle } from './settle.ts';
import type { TreeFiles } from './tree-files.ts';

const TIMEOUT_MS = 600_000;

/** The text of a `--check` as the gate `id`. `OmkError` `CHECK_INVALID`. */
export async function checkGate(text: string, id: string, files: TreeFiles): Promise<GateSpec> {
  const parsed = parseCommand(text);
  if (parsed.kind === 'invalid') {
    throw new OmkError(
      'CHECK_INVALID',
      `--check "${cleanLine(text)}" is not a command: ${parsed.why}.`,
      'Give a command line, for example --check "npm test".',
    );
  }
  const gate = await settle(
    {
      id,
      argv: parsed.argv,
      cwd: '.',
      env: {},
      timeoutMs: TIMEOUT_MS,
      required: true,
      skip: false,
      network: false,
      kind: null,
      reader: 'auto',
      source: { kind: 'check', text },
    },
    files,
  );
  // Its exit code is what the person asked for; tests are counted only where they can be.
  return { ...gate, kind: gate.reader === 'exit_only' ? 'command' : 'test' };
}
