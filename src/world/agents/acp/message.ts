import { isRecord } from '../../../domain/record.ts';

/** A JSON-RPC message of an agent, sorted by what it asks of omk. */
export type Incoming =
  | { readonly kind: 'request'; readonly id: string | number | null; readonly method: string; readonly params: unknown }
  | { readonly kind: 'notification'; readonly method: string; readonly params: unknown }
  | { readonly kind: 'result'; readonly id: string | number | null; readonly result: unknown }
  | {
      readonly kind: 'error';
      readonly id: string | number | null;
      readonly code: number;
      readonly message: string;
      readonly data: unknown;
    }
  /** JSON, but no message: a line of another interface of the agent. */
  | { readonly kind: 'other'; readonly value: unknown };

const isId = (value: unknown): value is string | number | null =>
  value === null || typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));

/** Sorts what came from the wire. An answer that is neither result nor error counts as an error. */
export function sortMessage(value: unknown): Incoming {
  if (!isRecord(value)) return { kind: 'other', value };
  const { id, method, params, error } = value;
  if (typeof method === 'string') {
    if (id === undefined) return { kind: 'notification', method, params };
    return isId(id) ? { kind: 'request', id, method, params } : { kind: 'other', value };
  }
  if (!isId(id)) return { kind: 'other', value };
  if (error === undefined && 'result' in value) return { kind: 'result', id, result: value['result'] };
  const fields = isRecord(error) ? error : {};
  return {
    kind: 'error',
    id,
    code: typeof fields['code'] === 'number' ? fields['code'] : -32603,
    message: typeof fields['message'] === 'string' ? fields['message'] : 'an answer without result or error',
    data: fields['data'],
  };
}
