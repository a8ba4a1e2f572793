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

/**
 * Reads files one by one. What a text does to a parser, it does to a thread that is bounded and can be ended. Each
 * language has its own: two grammars of WebAssembly in one thread break each other now and then.
 */
export async function askInThread<Answer>(
  program: string,
  limits: SyntaxLimits,
  files: readonly Question[],
): Promise<readonly (Answer | NotRead)[]> {
  const results: (Answer | NotRead)[] = [];
  const threads = new Map<Language, Thread<Answer>>();
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
    const thread = threads.get(language) ?? start<Answer>(program, limits);
    threads.set(language, thread);
    const read = await thread.ask(file, limits.time);
    results.push(read ?? { kind: 'not_read', why: 'reading it takes too long or too much memory' });
    if (read === null) {
      lost += 1;
      threads.delete(language);
      await thread.end();
    }
  }
  clearTimeout(end);
  await Promise.all([...threads.values()].map((thread) => thread.end()));
  return results;
}

const sizeOf = (file: Question): number => file.text.length + ('base' in file ? (file.base?.length ?? 0) : 0);

function refusal({ text }: Question, index: number, characters: number, limits: SyntaxLimits): string | null {
  if (text.length > limits.file) return 'it is too large';
  return index >= limits.files || characters > limits.all ? 'there are too many of them' : null;
}

interface Thread<Answer> {
  /** Null when the thread ended, broke or did not answer in time: it is of no use any more then. */
  ask(file: Question, time: number): Promise<Answer | null>;
  end(): Promise<unknown>;
}

function start<Answer>(program: string, { memory }: SyntaxLimits): Thread<Answer> {
  const worker = new Worker(program, {
    env: {},
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memory, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
  });
  let waiting: (read: Answer | null) => void = () => undefined;
  worker.on('message', (read: Answer | null) => waiting(read));
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
