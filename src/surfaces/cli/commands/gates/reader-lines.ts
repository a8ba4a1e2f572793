import { soundsLikeTests } from '../../../../app/gates.ts';
import type { GateSpec } from '../../../../domain/gates/gate.ts';
import { READER_NAMES } from '../../../../domain/gates/reader-names.ts';
import { gateTable } from '../../text/gate-table.ts';

/** How the tests of a gate are counted; where they are not, what to write so that they are. */
export function readerLines(gate: GateSpec): readonly string[] {
  if (gate.reader !== 'exit_only') return [`  reader   ${gate.reader}`];
  const trusted =
    gate.kind === 'command'
      ? 'its exit code is its meaning; no tests are counted'
      : 'judged by exit code only, and never enough for a criterion of kind test';
  return [`  reader   exit_only: ${trusted}`, ...(gate.kind === 'test' || soundsLikeTests(gate) ? hint(gate) : [])];
}

const RUNNERS = READER_NAMES.filter((name) => name !== 'exit_only').join(', ');

const hint = (gate: GateSpec): readonly string[] => [
  '           It starts no runner that omk can tell to report, or several. Where it is one of these, write into .omk/gates.toml:',
  ...toWrite(gate).map((line) => `             ${line}`),
  `           with one of ${RUNNERS}; a command with several runners becomes several gates.`,
  ...(gate.source.kind === 'file'
    ? []
    : ['           Where there is no such file yet, let omk init write it first: then nothing else is detected.']),
];

function toWrite(gate: GateSpec): readonly string[] {
  const reader = 'reader = "…"';
  if (gate.source.kind === 'file') return [`${reader}    in the table of ${gate.id}`];
  return ['[[gates]]', ...gateTable(gate), reader];
}
