import { labelLines } from '../../../domain/contract/labels/describe.ts';
import { compareFiles } from '../../../domain/contract/labels/files.ts';
import { onlyGained } from '../../../domain/contract/labels/hold.ts';
import { parseFile } from '../parse.ts';

/** The labels of one file that changed, as lines without the file's name. */
export async function labelsOf(
  path: string,
  base: string,
  candidate: string,
  mixed = false,
): Promise<readonly string[]> {
  const [before, after] = [
    await parseFile({ path, text: base, mixed }),
    await parseFile({ path, text: candidate, mixed }),
  ];
  const sides = { path, base: before, candidate: after, extended: false, grown: onlyGained(path, base, candidate) };
  const lines = labelLines({ changes: compareFiles([sides]), more: 0 }, 50);
  return lines.map((line) => line.replace(path, '').replace(/ +> /, ' ').replace(/ +/g, ' ').replace(' :', ':'));
}
