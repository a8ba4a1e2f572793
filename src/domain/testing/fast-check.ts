import fc from 'fast-check';

/** The same cases in every run, so that a test fails for a change and not by chance; the nightly run takes other seeds. */
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env['OMK_FC_SEED'] ?? 1) });

export { fc };
