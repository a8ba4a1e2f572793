import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GateService, GateSpec } from '../../../domain/gates/gate.ts';
import type { Argv } from '../readers/port.ts';
import type { RunFolder } from './folder.ts';

/** How a script says that a service is not there: this code, and a line that begins with a random word. */
const NOT_READY = 125;

export interface Supervised {
  readonly argv: Argv;
  /** The sentence about the service that failed, from a line of output; null for every other line. */
  failure(line: string): string | null;
  /** Whether the run ended for want of a service. */
  failed(code: number): boolean;
}

/** The command that starts the services of a gate and then the gate, all in one sandbox; the same command without services. */
export async function withServices(gate: GateSpec, argv: Argv, folder: RunFolder, random: string): Promise<Supervised> {
  const { services = [] } = gate;
  if (services.length === 0) return { argv, failure: () => null, failed: () => false };
  const word = `omk-service-${random}`;
  const name = `omk_${random}.sh`;
  await writeFile(join(folder.inject, name), serviceScript(services, folder.seen, word));
  return {
    argv: ['sh', `${folder.seen.inject}/${name}`, ...argv],
    failure: (line) => (line.startsWith(`${word} `) ? line.slice(word.length + 1) : null),
    failed: (code) => code === NOT_READY,
  };
}

/**
 * A POSIX script: `sh script <command…>`. Nothing a service writes reaches the output of the gate, which may be its
 * report; the end of it is shown where the service does not get ready.
 */
function serviceScript(
  services: readonly GateService[],
  at: { readonly checkout: string; readonly tmp: string },
  word: string,
): string {
  return `${[
    'pids=',
    'stop() { for pid in $pids; do kill "$pid" 2>/dev/null; done; }',
    `fail() { printf '%s %s\\n' ${quote(word)} "$1" >&2; tail -n 20 "$2" >&2; stop; exit ${NOT_READY}; }`,
    'pause() { sleep 0.1 2>/dev/null || sleep 1; }',
    ...services.flatMap((service, index) => start(service, at, index)),
    '"$@"',
    'code=$?',
    'stop',
    'exit "$code"',
  ].join('\n')}\n`;
}

function start(
  service: GateService,
  { checkout, tmp }: { readonly checkout: string; readonly tmp: string },
  index: number,
): readonly string[] {
  const log = quote(`${tmp}/omk-service-${index + 1}.log`);
  const cwd = quote(service.cwd === '.' ? checkout : `${checkout}/${service.cwd}`);
  const secs = Math.ceil(service.readyTimeoutMs / 1000);
  return [
    `(cd ${cwd} && exec ${words(service.argv)}) >${log} 2>&1 </dev/null &`,
    'pid=$!',
    'pids="$pid $pids"',
    `end=$(($(date +%s) + ${secs}))`,
    `until (cd ${cwd} && exec ${words(service.ready)}) >/dev/null 2>&1 </dev/null; do`,
    `  kill -0 "$pid" 2>/dev/null || fail ${quote(`service ${service.name} ended before it was ready`)} ${log}`,
    `  [ "$(date +%s)" -lt "$end" ] || fail ${quote(`service ${service.name} was not ready within ${secs} s`)} ${log}`,
    '  pause',
    'done',
  ];
}

const words = (argv: Argv): string => argv.map(quote).join(' ');
const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
