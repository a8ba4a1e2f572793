import { isRecord } from '../../domain/record.ts';
import { canonical } from '../../domain/canonical.ts';
import { at, parseJson } from '../format/json.ts';
import { INDEX, TERMINAL, gateName } from '../format/names.ts';
import type { Facts } from '../statement/facts.ts';
import { signedLevels } from './terminal.ts';
import type { Recorder } from './report.ts';

interface Signed {
  readonly statements: ReadonlyMap<string, unknown>;
  readonly key: { readonly keyid: string };
}

/** The index has no authority, and is what people and programs read first: one that says something else is named. */
export function checkIndex(
  facts: Facts,
  { statements, key }: Signed,
  content: Uint8Array | undefined,
  to: Recorder,
): void {
  if (!content) return;
  const index = parseJson(new TextDecoder().decode(content));
  if (!isRecord(index)) {
    to.check('E_INDEX', false, `${INDEX} is no JSON object`);
    return;
  }
  const { repository, goal, origin } = facts.created;
  const wanted: Readonly<Record<string, unknown>> = {
    goal,
    status: facts.status,
    endedAt: facts.endedAt,
    base: { commit: repository.commit, tree: repository.tree },
    result: { commit: facts.head, tree: facts.candidate },
    origin: origin ?? null,
    signedBy: key.keyid,
    verifiedLevels: signedLevels(statements.get(TERMINAL)),
  };
  const wrong = Object.entries(wanted)
    .filter(([name, value]) => at(index, name) !== undefined && text(at(index, name)) !== canonical(value))
    .map(([name]) => name);
  const gates = at(index, 'gates');
  const lies = (Array.isArray(gates) ? gates : []).filter(
    (gate) => at(gate, 'result') !== at(statements.get(gateName(String(at(gate, 'id')))), 'predicate', 'result'),
  );
  const places = [...wrong, ...lies.map((gate) => `gate ${String(at(gate, 'id'))}`)];
  to.check(
    'E_INDEX',
    places.length === 0,
    places.length === 0
      ? `${INDEX} says what the bundle shows`
      : `${INDEX} says something else of ${places.join(', ')}`,
  );
}

/** Anyone may have written it, so what has no canonical text is just something else. */
function text(value: unknown): string {
  try {
    return canonical(value);
  } catch {
    return '';
  }
}
