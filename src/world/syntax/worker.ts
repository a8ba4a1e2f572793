import { parentPort } from 'node:worker_threads';
import { parseFile } from './parse.ts';
import type { SourceFile } from './port.ts';

/** The thread that parses: what the text of a candidate can break is only this. Null: a parser broke, and the thread with it. */
parentPort?.on('message', (file: SourceFile) => {
  void parseFile(file).then(
    (read) => parentPort?.postMessage(read),
    () => parentPort?.postMessage(null),
  );
});
