// Has node:test run tests in another order, in processes that are started from here on, where this Node knows how.
const SEED = '--test-random-seed';
const given = process.env.NODE_OPTIONS ?? '';
if (process.allowedNodeEnvironmentFlags.has(SEED) && !given.includes(SEED))
  process.env.NODE_OPTIONS = `${given} ${SEED}=2`;
