import { Worker } from 'node:worker_threads';
import type { ReadFile } from '../../domain/contract/labels/test-case.ts';
import { LANGUAGES } from './all.ts';
import type { SourceFile } from './port.ts';

export interface SyntaxLimits {
  /** Characters of one file, and of all. */
  readonly file: number;
  readonly all: number;
  readonly files: number;
  /** For one file, and for all, in milliseconds. */
  readonly time: number;
  readonly total: number;
  /** Of the thread, in MiB. */
  readonly memory: number;
  /** Threads that may be lost before nothing more is read. */
  readonly lost: number;
}

/** Reads files one by one. What a text does to a parser, it does to a thread that is bounded and can be ended. */
export async function readInThread(
  program: string,
  limits: SyntaxLimits,
  files: readonly SourceFile[],
): Promise<readonly ReadFile[]> {
  const results: ReadFile[] = [];
  let thread: Thread | null = null;
  let lost = 0;
  let characters = 0;
  let isLate = false;
  const end = setTimeout(() => (isLate = true), limits.total);
  for (const [index, file] of files.entries()) {
    const late = isLate
      ? 'reading all of them takes too long'
      : lost >= limits.lost
        ? 'too many files beside it could not be read'
        : null;
    const why = refusal(file, index, (characters += file.text.length), limits) ?? late;
    if (why !== null) {
      results.push({ kind: 'not_read', why });
      continue;
    }
    thread ??= start(program, limits);
    const read = await thread.ask(file, limits.time);
    results.push(read ?? { kind: 'not_read', why: 'reading it takes too long or too much memory' });
    if (read === null) {
      lost += 1;
      await thread.end();
      thread = null;
    }
  }
  clearTimeout(end);
  await thread?.end();
  return results;
}

function refusal({ path, text }: SourceFile, index: number, characters: number, limits: SyntaxLimits): string | null {
  if (!LANGUAGES.some(({ files }) => files.test(path))) return 'no parser reads this kind of file';
  if (text.length > limits.file) return 'it is too large';
  return index >= limits.files || characters > limits.all ? 'there are too many of them' : null;
}

interface Thread {
  /** Null when the thread ended, broke or did not answer in time: it is of no use any more then. */
  ask(file: SourceFile, time: number): Promise<ReadFile | null>;
  end(): Promise<unknown>;
}

function start(program: string, { memory }: SyntaxLimits): Thread {
  const worker = new Worker(program, {
    env: {},
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memory, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
  });
  let waiting: (read: ReadFile | null) => void = () => undefined;
  worker.on('message', (read: ReadFile | null) => waiting(read));
  worker.on('error', () => waiting(null));
  worker.on('exit', () => waiting(null));
  return {
    ask: (file, time) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => waiting(null), time);
        waiting = (read) => {
          clearTimeout(timer);
          resolve(read);
        };
        worker.postMessage(file);
      }),
    end: () => worker.terminate(),
  };
}
