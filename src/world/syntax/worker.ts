import { parentPort } from 'node:worker_threads';
import { parseFile } from './parse.ts';
import { hollowFile } from './hollow/file.ts';
import type { Question } from './thread.ts';

/** The thread that parses: what the text of a candidate can break is only this. Null: a parser broke, and the thread with it. */
parentPort?.on('message', (file: Question) => {
  void ('base' in file ? hollowFile(file) : parseFile(file)).then(
    (read) => parentPort?.postMessage(read),
    () => parentPort?.postMessage(null),
  );
});
