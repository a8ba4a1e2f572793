import { Worker } from 'node:worker_threads';
import { LANGUAGES } from './all.ts';
import type { Language } from './language.ts';
import type { ChangedSource, SourceFile, ToAlter } from './port.ts';

export type Question = SourceFile | ChangedSource | ToAlter;
interface NotRead {
  readonly kind: 'not_read';
  readonly why: string;
}

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

/** Threads that read what they were asked and wait for more, at most one for each language: to start one takes 0.1 s. */
export type Idle = Map<Language, Thread>;

/** A goal asks several times within seconds, and hours later again. */
const IDLE_MS = 10_000;

/**
 * Reads files one by one. What a text does to a parser, it does to a thread that is bounded and can be ended. Each
 * language has its own: two grammars of WebAssembly in one thread break each other now and then. One that answered stays
 * in `idle`; one that did not is never used again, and no two callers share one.
 */
export async function askInThread<Answer>(
  program: string,
  limits: SyntaxLimits,
  files: readonly Question[],
  idle: Idle,
): Promise<readonly (Answer | NotRead)[]> {
  const results: (Answer | NotRead)[] = [];
  const threads = new Map<Language, Thread>();
  let lost = 0;
  let characters = 0;
  let isLate = false;
  const end = setTimeout(() => (isLate = true), limits.total);
  for (const [index, file] of files.entries()) {
    const tooMany = lost >= limits.lost ? 'too many files beside it could not be read' : null;
    const late = isLate ? 'reading all of them takes too long' : tooMany;
    const language = LANGUAGES.find(({ files }) => files.test(file.path)) ?? null;
    if (language === null) {
      results.push({ kind: 'not_read', why: 'no parser reads this kind of file' });
      continue;
    }
    const why = refusal(file, index, (characters += sizeOf(file)), limits) ?? late;
    if (why !== null) {
      results.push({ kind: 'not_read', why });
      continue;
    }
    const thread = threads.get(language) ?? takenFrom(idle, language) ?? start(program, limits);
    threads.set(language, thread);
    const read = await thread.ask<Answer>(file, limits.time);
    results.push(read ?? { kind: 'not_read', why: 'reading it takes too long or too much memory' });
    if (read === null) {
      lost += 1;
      threads.delete(language);
      await thread.end();
    }
  }
  clearTimeout(end);
  await Promise.all([...threads].map(([language, thread]) => leave(idle, language, thread)));
  return results;
}

function takenFrom(idle: Idle, language: Language): Thread | null {
  const thread = idle.get(language);
  if (thread === undefined) return null;
  idle.delete(language);
  return thread.wake() ? thread : null;
}

/** Another caller may have left one meanwhile. */
async function leave(idle: Idle, language: Language, thread: Thread): Promise<void> {
  if (idle.has(language)) return void (await thread.end());
  idle.set(language, thread);
  thread.rest(IDLE_MS, () => {
    if (idle.get(language) === thread) idle.delete(language);
  });
}

const sizeOf = (file: Question): number => file.text.length + ('base' in file ? (file.base?.length ?? 0) : 0);

function refusal({ text }: Question, index: number, characters: number, limits: SyntaxLimits): string | null {
  if (text.length > limits.file) return 'it is too large';
  return index >= limits.files || characters > limits.all ? 'there are too many of them' : null;
}

interface Thread {
  /** Null when the thread ended, broke or did not answer in time: it is of no use any more then. */
  ask<Answer>(file: Question, time: number): Promise<Answer | null>;
  /** Keeps no process alive until it wakes, and ends after so long; `gone` is called then, and when it broke. */
  rest(ms: number, gone: () => void): void;
  /** False: it ended meanwhile. */
  wake(): boolean;
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
  let waiting: (read: unknown) => void = () => undefined;
  let isOver = false;
  let resting: { readonly timer: NodeJS.Timeout; readonly gone: () => void } | null = null;
  const over = (): void => {
    isOver = true;
    if (resting !== null) clearTimeout(resting.timer);
    resting?.gone();
    waiting(null);
  };
  worker.on('message', (read: unknown) => waiting(read));
  worker.on('error', over);
  worker.on('exit', over);
  return {
    ask: <Answer>(file: Question, time: number) =>
      new Promise<Answer | null>((resolve) => {
        const timer = setTimeout(() => waiting(null), time);
        waiting = (read) => {
          clearTimeout(timer);
          resolve(read as Answer | null);
        };
        worker.postMessage(file);
      }),
    rest(ms, gone) {
      worker.unref();
      const timer = setTimeout(() => void worker.terminate(), ms);
      timer.unref();
      resting = { timer, gone };
    },
    wake() {
      if (resting !== null) clearTimeout(resting.timer);
      resting = null;
      worker.ref();
      return !isOver;
    },
    end: () => worker.terminate(),
  };
}
