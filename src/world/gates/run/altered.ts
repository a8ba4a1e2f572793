import type { GateSpec } from '../../../domain/gates/gate.ts';
import type { Syntax } from '../../syntax/port.ts';
import { canaryMaker } from '../canary/all.ts';
import type { TreeFiles } from '../tree-files.ts';
import { selection, testFiles, utf8, type Judged, type Planting } from './canary.ts';

/** More files than this are not changed, those of known tests first. */
const MOST_FILES = 60;

export type Alters = Pick<Syntax, 'alter'>;

/**
 * Test files of the base in which tests expect something else, and so must fail. Null where the gate may not run them all, or none can
 * be changed. Which value is changed depends on the file alone, so that two trees show the same; what it becomes depends on `hex`.
 */
export async function planAltered(
  syntax: Alters,
  gate: GateSpec,
  hex: string,
  base: TreeFiles,
  judged: Judged,
  { known, red, all }: { readonly known: readonly string[]; readonly red: readonly string[]; readonly all: boolean },
): Promise<Planting | null> {
  const maker = canaryMaker(gate.reader);
  if (maker === null || (await selection(gate, maker, base)) !== null) return null;
  const paths = (await testFiles(gate, maker, base, judged, [...red, ...known])).slice(0, MOST_FILES);
  const sources = await Promise.all(paths.map(async (path) => ({ path, text: utf8(await judged.bytes(path)) })));
  // As they are judged: in Rust among the code of the candidate, and elsewhere with imports that follow it.
  const read = sources.flatMap(({ path, text }) => (text === null ? [] : [{ path, text }]));
  const results = await syntax.alter(read.map((each) => ({ ...each, salt: hex, first: red, all })));
  const files = new Map<string, string>();
  const altered = results.flatMap((result, index) => {
    const path = read[index]?.path;
    if (path === undefined || result.kind !== 'altered') return [];
    files.set(path, result.text);
    return result.tests.map((name) => ({ file: path, name }));
  });
  const [first] = altered;
  return first === undefined ? null : { canary: { ...first, files: [...files.keys()], altered }, files };
}
