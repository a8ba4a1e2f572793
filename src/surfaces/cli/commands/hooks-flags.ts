export interface HooksFlags {
  readonly user?: true;
  readonly project?: true;
  readonly dryRun?: true;
  readonly yes?: true;
  readonly json?: true;
}
