import { chmod, copyFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { OmkError } from '../../../domain/error.ts';
import type { ProcessOutcome, Sandbox, TestReport } from '../../../domain/gates/evidence.ts';
import type { GateSpec } from '../../../domain/gates/gate.ts';
import { cleanLine } from '../../../domain/text/clean.ts';
import type { RunResult } from '../../process/port.ts';
import { runProcess } from '../../process/run.ts';
import type { Bind } from '../../sandbox/port.ts';
import type { RunGateRequest } from '../port.ts';
import { readerOf } from '../readers/all.ts';
import type { Analysis } from '../command/analysis.ts';
import type { Injection, LoadsPlace, Reader } from '../readers/port.ts';
import { analyseIn } from '../settle.ts';
import { injectedFile } from '../readers/injected.ts';
import { treeFiles } from '../tree-files.ts';
import { randomHex, type RunContext } from './context.ts';
import { gateEnvironment } from './environment.ts';
import { fed, MACHINES } from './feed.ts';
import { gateMark, type RunFolder } from './folder.ts';
import type { Placed } from './layer.ts';
import { tellsLoads, withLoads } from './loads.ts';
import { observer } from './observe.ts';
import { OUTPUT_CAP, tailKeeper } from './output.ts';
import { whyNotStartable } from './program.ts';
import { KEY_FILE, readReport, REPORT_CAP, type Asked } from './report.ts';
import { memoryWatch, oomKills, whyNoMemory } from './memory.ts';
import { withServices } from './services.ts';
import { versionOf } from './tools.ts';

export interface Execution {
  readonly outcome: ProcessOutcome;
  readonly report: TestReport;
  readonly tail: string;
  readonly injection: Injection;
  readonly tools: Readonly<Record<string, string>>;
  readonly sandbox: Sandbox;
  readonly stdoutTruncated: boolean;
  readonly stderrTruncated: boolean;
  /** From its start to its end. */
  readonly wallMs: number;
}

/** Starts the gate in its folder and waits for its end. `OmkError` `INTERRUPTED` when `signal` aborts. */
export async function execute(
  context: RunContext,
  request: RunGateRequest,
  folder: RunFolder,
  {
    binds,
    env: extra,
    layer,
  }: { readonly binds: readonly Bind[]; readonly env: Readonly<Record<string, string>>; readonly layer: Placed },
  observe: (line: string) => void,
  signal: AbortSignal,
): Promise<Execution> {
  const { gate } = request;
  const reader = readerOf(gate.reader);
  const key = Buffer.from(randomHex(context.clock, 32));
  const reporterName = `omk_${randomHex(context.clock, 8)}`;
  const isElsewhere = request.feed?.elsewhere === true && folder.binds.length > 0;
  const home = isElsewhere ? MACHINES.elsewhere.home : folder.seen.home;
  const env = gateEnvironment({ gate, layer, path: context.path, home, tmp: folder.seen.tmp, extra });
  const analysis = reader === null ? null : await analyseIn(gate, treeFiles(request.vault, request.tree));
  const loads =
    tellsLoads(request) && reader?.loads ? { checkout: folder.seen.checkout, folder: folder.seen.loads } : null;
  const asked = { key, reporterName, runs: analysis?.runs ?? 1, loads };
  const prepared =
    reader === null ? { argv: gate.argv, env } : await prepareReport(reader, request, folder, env, analysis, asked);
  const services = await withServices(gate, prepared.argv, folder, randomHex(context.clock, 8));
  const injection = { ...prepared, argv: request.feed ? fed(services.argv, request.feed, folder) : services.argv };
  const nothing = {
    injection,
    report: noReport(reader),
    tail: '',
    tools: {},
    sandbox: await context.sandboxes.detect(),
    stdoutTruncated: false,
    stderrTruncated: false,
    wallMs: 0,
  };

  // A sandbox shows the programs of a layer in another place than they lie.
  const path = [...(request.layer?.pathPrefix ?? []), env['PATH'] ?? ''].join(delimiter);
  const reason = await whyNotStartable(gate, folder.checkout, path);
  if (reason !== null) return { ...nothing, outcome: { kind: 'not_started', at: 'tool', detail: reason } };
  const cwd = gate.cwd === '.' ? folder.seen.checkout : `${folder.seen.checkout}/${gate.cwd}`;
  let command;
  try {
    command = await context.sandboxes.wrap({
      ...injection,
      cwd,
      network: gate.network,
      view: 'gate',
      binds,
      hidden: [],
      marker: gateMark(folder.dir),
      ...(request.feed ? { hostname: MACHINES[isElsewhere ? 'elsewhere' : 'usual'].hostname } : {}),
    });
  } catch (error) {
    if (!(error instanceof OmkError)) throw error;
    return { ...nothing, outcome: { kind: 'not_started', at: 'sandbox', detail: error.message } };
  }

  const tail = tailKeeper((line) => (reader?.human ? reader.human(line) : line), folder.seen, context);
  const show = observer(context.clock, observe, context.secrets);
  let lacking: string | null = null;
  const memory = memoryWatch();
  const before = await oomKills();
  const versions = context.tools(
    versionOf(gate.argv[0]) ?? reader?.version ?? null,
    env,
    binds.filter(({ writable }) => !writable),
  );
  const result = await runProcess({
    argv: command.argv,
    cwd: command.cwd,
    env: command.env,
    ...(command.marker ? { marker: command.marker } : {}),
    timeoutMs: Math.min(gate.timeoutMs, request.limitMs ?? gate.timeoutMs),
    stdoutFile: folder.stdout,
    stderrFile: folder.stderr,
    capBytes: reader?.report === 'stdout' ? REPORT_CAP : OUTPUT_CAP,
    onLine: (line, stream) => {
      lacking ??= services.failure(line);
      memory.hear(line, stream);
      tail.add(services.failure(line) ?? line);
      show(services.failure(line) ?? line);
    },
    signal,
  });
  const tools = await versions;
  if (result.kind === 'aborted') throw interrupted(gate);
  const read: TestReport =
    reader === null ? { kind: 'exit_only' } : await readReport(reader, folder, asked, result.stdoutTruncated, context);
  const report = reader === null || loads === null ? read : await withLoads(request, reader, folder, read);
  const noService =
    lacking !== null && result.kind === 'exited' && services.failed(result.code) ? cleanLine(lacking) : null;
  const noMemory = whyNoMemory(result, { ...memory.heard(), before, after: await oomKills(), report });
  return {
    injection,
    outcome: ended(result, command.sandbox, tail.text(), { noService, noMemory }),
    report,
    tail: tail.text(),
    tools,
    sandbox: command.sandbox,
    stdoutTruncated: result.stdoutTruncated,
    stderrTruncated: result.stderrTruncated,
    wallMs: result.durationMs,
  };
}

/** Makes the runner report: its reporter under a random name, the key that seals the report, and the arguments. */
async function prepareReport(
  reader: Reader,
  { gate, reordered }: RunGateRequest,
  folder: RunFolder,
  env: Readonly<Record<string, string>>,
  analysis: Analysis | null,
  { key, reporterName, runs, loads }: Asked & { readonly loads: LoadsPlace | null },
): Promise<Injection> {
  const tellers = loads ? (reader.loads?.files ?? []) : [];
  for (const { file, extension } of [reader.reporter ?? [], reader.beside ?? [], tellers].flat()) {
    const reporter = join(folder.inject, `${reporterName}${extension}`);
    await copyFile(injectedFile(file), reporter);
    // Cargo starts its own as a program; node-tap 16 starts what can be, and loads the rest.
    await chmod(reporter, extension === '' ? 0o755 : 0o644);
  }
  if (reader.reporter !== null)
    await writeFile(join(folder.report, KEY_FILE), runs === 1 ? key : `${key.toString()} ${runs}`, { mode: 0o600 });
  return reader.inject({
    argv: gate.argv,
    env,
    reportDir: folder.seen.report,
    injectDir: folder.seen.inject,
    reporterName,
    tmp: folder.seen.tmp,
    network: gate.network,
    ...(loads ? { loads } : {}),
    ...(reordered ? { reordered } : {}),
    analysis,
  });
}

const noReport = (reader: Reader | null): TestReport =>
  reader === null
    ? { kind: 'exit_only' }
    : { kind: 'unreadable', reader: reader.name, why: 'missing', detail: 'the gate was not started' };

const interrupted = (gate: GateSpec): OmkError =>
  new OmkError(
    'INTERRUPTED',
    `Gate ${gate.id} was stopped before it ended.`,
    'Run the same command again; a goal goes on with `omk goal resume`.',
    { exit: 130 },
  );

function ended(
  result: Exclude<RunResult, { kind: 'aborted' }>,
  sandbox: Sandbox,
  tail: string,
  { noService, noMemory }: { readonly noService: string | null; readonly noMemory: string | null },
): ProcessOutcome {
  if (noService !== null) return { kind: 'not_started', at: 'service', detail: noService };
  return noMemory === null ? outcomeOf(result, sandbox, tail) : { kind: 'out_of_memory', detail: noMemory };
}

function outcomeOf(result: Exclude<RunResult, { kind: 'aborted' }>, sandbox: Sandbox, tail: string): ProcessOutcome {
  switch (result.kind) {
    case 'not_found':
      return {
        kind: 'not_started',
        at: sandbox.kind === 'none' ? 'tool' : 'sandbox',
        detail: cleanLine(result.detail),
      };
    case 'exited':
      // What bubblewrap says when it fails is the only output there is.
      if (result.code !== 0 && sandbox.kind === 'bubblewrap' && /^bwrap: [^\n]*$/.test(tail)) {
        return { kind: 'not_started', at: 'sandbox', detail: cleanLine(tail) };
      }
      return { kind: 'exited', code: result.code };
    case 'signalled':
      return { kind: 'signalled', signal: result.signal };
    case 'timed_out':
      return { kind: 'timed_out', afterMs: result.afterMs };
  }
}
