import { READER_NAMES, type GateSpec } from '../../../../domain/gates/gate.ts';

/** How the tests of a gate are counted; where they are not, what to write so that they are. */
export function readerLines({ reader, kind, argv }: GateSpec): readonly string[] {
  if (reader !== 'exit_only') return [`  reader   ${reader}`];
  if (kind === 'command') return ['  reader   exit_only: its exit code is its meaning; no tests are counted'];
  const command = argv.join(' ');
  return [
    '  reader   exit_only: believed by its exit code alone, and never enough for a criterion of kind test',
    '           It starts no runner that omk can tell to report, or several. Where it is one of these, write into .omk/gates.toml:',
    `             [[gates]]\n             name = "test"\n             command = ${JSON.stringify(command)}\n             reader = "…"`,
    `           with one of ${READER_NAMES.filter((name) => name !== 'exit_only').join(', ')}; a command with several runners becomes several gates.`,
  ].flatMap((text) => text.split('\n'));
}
