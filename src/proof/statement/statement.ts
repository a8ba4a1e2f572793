import { canonical } from '../../domain/canonical.ts';
import { utf8 } from '../format/bytes.ts';

/** A thing named by digests, lowercase hex. No other fields: some verifiers refuse unknown ones. */
export interface Resource {
  readonly name?: string;
  readonly uri?: string;
  readonly digest: Readonly<Record<string, string>>;
}

/** An in-toto Statement v1. Own data lives in the predicate under URI-named fields, never beside these four. */
export interface Statement {
  readonly _type: typeof STATEMENT_TYPE;
  readonly subject: readonly Resource[];
  readonly predicateType: string;
  readonly predicate: object;
}

export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';

export const statement = (predicateType: string, subject: readonly Resource[], predicate: object): Statement => ({
  _type: STATEMENT_TYPE,
  subject,
  predicateType,
  predicate,
});

/** Canonical JSON: one statement, one digest. */
export const encodeStatement = (value: Statement): Uint8Array => utf8(canonical(value));
