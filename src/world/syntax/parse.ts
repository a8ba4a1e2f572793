import type { ReadFile } from '../../domain/contract/labels/test-case.ts';
import { LANGUAGES } from './all.ts';
import { nodesOf } from './nodes.ts';
import type { SourceFile } from './port.ts';
import { readTests } from './read.ts';

/** Reads one file. Takes as long and as much memory as the text makes it: for a thread that can be ended. */
export async function parseFile({ path, text, mixed }: SourceFile): Promise<ReadFile> {
  const language = LANGUAGES.find(({ files }) => files.test(path));
  if (!language) return { kind: 'not_read', why: 'no parser reads this kind of file' };
  const grammar = await language.grammar(path);
  const root = nodesOf(grammar.parse(text).cursor());
  if (!root) return { kind: 'not_read', why: 'it is nested too deeply' };
  const read = readTests(text, root, language, mixed);
  return sizeOf(read) > LARGEST ? { kind: 'not_read', why: 'too much would have to be told of it' } : read;
}

/** Characters of what is handed back, as a text of nested assertions can become many times as long. */
const LARGEST = 4 * 1024 * 1024;

const sizeOf = (read: ReadFile): number =>
  read.kind === 'read'
    ? read.tests.reduce(
        (sum, { id, body, assertions }) =>
          sum +
          id.length +
          body.length +
          assertions.reduce(
            (all, each) => all + each.text.length + each.shape.length + each.bounds.length * 50 + 100,
            100,
          ),
        read.rest.length,
      )
    : 0;
