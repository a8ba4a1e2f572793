export interface JudgeFlags {
  readonly staged?: true;
  readonly tree?: string;
  readonly pr?: string;
  readonly openPr?: true;
  readonly draft?: true;
  readonly proof?: boolean;
  readonly base?: string;
  readonly goal?: string;
  readonly check?: readonly string[];
  readonly heldOut?: string;
  readonly heldOutWrong?: string;
  readonly expect?: string;
  readonly knownRed?: readonly string[];
  readonly accept?: readonly string[];
  readonly cache?: false;
  readonly baseline?: string;
  readonly format?: string;
  readonly json?: true;
  readonly hook?: string;
  readonly rounds?: string;
  readonly timeLimit?: string;
}
