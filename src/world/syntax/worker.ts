import { parentPort } from 'node:worker_threads';
import { parseFile } from './parse.ts';
import { alterFile } from './altered/file.ts';
import { hollowFile } from './hollow/file.ts';
import type { Question } from './thread.ts';

/** The thread that parses: what the text of a candidate can break is only this. Null: a parser broke, and the thread with it. */
parentPort?.on('message', (file: Question) => {
  void answerTo(file).then(
    (read) => parentPort?.postMessage(read),
    () => parentPort?.postMessage(null),
  );
});

const answerTo = (file: Question): Promise<unknown> => {
  if ('salt' in file) return alterFile(file);
  return 'base' in file ? hollowFile(file) : parseFile(file);
};
