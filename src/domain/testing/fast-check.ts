import fc from 'fast-check';

/** A run of mutants ends each property after so long, however many cases are left. */
const limit = process.env['OMK_FC_LIMIT_MS'];

/** The same cases in every run, so that a test fails for a change and not by chance; the nightly run takes other seeds. */
fc.configureGlobal({
  ...fc.readConfigureGlobal(),
  seed: Number(process.env['OMK_FC_SEED'] ?? 1),
  ...(limit === undefined ? {} : { interruptAfterTimeLimit: Number(limit) }),
});

export { fc };
