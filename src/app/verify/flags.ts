/** What a person asks of `omk verify`. */
export interface VerifyFlags {
  readonly key?: string;
  readonly base?: string;
  readonly head?: string;
  readonly repo?: string;
  readonly level?: string;
  readonly acceptRules?: readonly string[];
  readonly rerun?: true;
  readonly gate?: string;
  readonly replay?: true;
  readonly gates?: string;
  readonly json?: true;
}
