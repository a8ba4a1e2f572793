import type { ReadFile } from '../../domain/contract/labels/test-case.ts';
import { LANGUAGES } from './all.ts';
import { nodesOf } from './nodes.ts';
import type { SourceFile } from './port.ts';
import { readTests } from './read.ts';

/** Reads one file. Takes as long and as much memory as the text makes it: for a thread that can be ended. */
export async function parseFile({ path, text, mixed }: SourceFile): Promise<ReadFile> {
  const language = LANGUAGES.find(({ files }) => files.test(path));
  if (!language) return { kind: 'not_read', why: 'no parser reads this kind of file' };
  const parser = await language.parser(path);
  const root = nodesOf(parser.parse(text));
  return root ? readTests(text, root, language, mixed) : { kind: 'not_read', why: 'it is nested too deeply' };
}
