import type { Strength } from '../../../domain/contract/labels/test-case.ts';
import { parseFile } from '../parse.ts';

const STRENGTHS: readonly Strength[] = ['exact', 'partial', 'loose', 'vacuous'];

/** Each line of code as the strengths of the assertions in it. */
export async function strengthsOf(
  path: string,
  source: (code: string) => string,
  lines: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const told: Record<string, string> = {};
  for (const line of lines) {
    const read = await parseFile({ path, text: source(line), mixed: false });
    const assertions = read.kind === 'read' ? read.tests.flatMap((test) => test.assertions) : [];
    told[line] = assertions
      .map(({ strength }) => strength)
      .sort((a, b) => STRENGTHS.indexOf(a) - STRENGTHS.indexOf(b))
      .join(', ');
  }
  return told;
}
