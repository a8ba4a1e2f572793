import { isRecord } from '../../../domain/record.ts';
import type { ClientContext } from '@agentclientprotocol/sdk';
import { cleanLine } from '../../../domain/text/clean.ts';

/** The models that a session offers, and how another is chosen. */
interface Offer {
  readonly current: string | null;
  readonly names: readonly string[];
  readonly choose: (name: string) => readonly [method: string, params: Readonly<Record<string, unknown>>];
}

export type Chosen =
  /** The model that works in the session, as the agent says; null: it does not say. */
  { readonly kind: 'model'; readonly name: string | null } | { readonly kind: 'refused'; readonly detail: string };

/** Puts a session on the model that was asked for. An agent that does not offer it is not started on another one. */
export async function chooseModel(
  agent: Pick<ClientContext, 'request'>,
  { id, answer }: { readonly id: string; readonly answer: unknown },
  wanted: string | undefined,
): Promise<Chosen> {
  const offer = offerOf(answer);
  if (wanted === undefined || offer?.current === wanted) return { kind: 'model', name: offer?.current ?? null };
  if (offer === null) return { kind: 'refused', detail: `it offers no choice of models, and '${wanted}' is asked for` };
  if (!offer.names.includes(wanted)) {
    const names = offer.names.slice(0, 8).map((each) => cleanLine(each, 60));
    const more = offer.names.length > 8 ? ', …' : '';
    return { kind: 'refused', detail: `it has no model '${wanted}'; it offers ${names.join(', ')}${more}` };
  }
  const [method, params] = offer.choose(wanted);
  await agent.request(method, { sessionId: id, ...params });
  return { kind: 'model', name: wanted };
}

/** As configuration options of a session tell it, or as `models`, which came before them. */
function offerOf(answer: unknown): Offer | null {
  if (!isRecord(answer)) return null;
  const option = listOf(answer['configOptions']).find((each) => each['category'] === 'model' || each['id'] === 'model');
  if (option !== undefined)
    return {
      current: textOf(option['currentValue']),
      // Options may stand in groups.
      names: listOf(option['options']).flatMap(namesIn),
      choose: (value) => ['session/set_config_option', { configId: textOf(option['id']) ?? 'model', value }],
    };
  const { models } = answer;
  if (!isRecord(models)) return null;
  return {
    current: textOf(models['currentModelId']),
    names: listOf(models['availableModels']).flatMap((each) => textOf(each['modelId']) ?? []),
    choose: (modelId) => ['session/set_model', { modelId }],
  };
}

/** Of one option, or of a group of them. */
const namesIn = (option: Readonly<Record<string, unknown>>): readonly string[] =>
  [option, ...listOf(option['options'])].flatMap((each) => textOf(each['value']) ?? []);

const listOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
