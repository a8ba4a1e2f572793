import type { GateSpec } from '../../../domain/gates/gate.ts';

/** The lines of a gates file, after `[[gates]]`, that name a gate and start the same words in the same folder. */
export function gateTable({ id, argv, cwd }: GateSpec): readonly string[] {
  const [program, ...args] = argv;
  return [
    `name = ${quoted(id)}`,
    // Without arguments the command would be split as a shell does.
    `command = ${quoted(args.length === 0 && /[^\w./-]/.test(program) ? `'${program.replaceAll("'", String.raw`'\''`)}'` : program)}`,
    `args = [${args.map(quoted).join(', ')}]`,
    ...(cwd === '.' ? [] : [`cwd = ${quoted(cwd)}`]),
  ];
}

/** As TOML's basic strings; only the last control character is escaped there and not in JSON. */
const quoted = (text: string): string => JSON.stringify(text).replaceAll('\u007F', String.raw`\u007F`);
