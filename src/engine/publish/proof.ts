import { join } from 'node:path';
import { OmkError } from '../../domain/error.ts';
import { openSigner, type Signer } from '../../proof/key/open.ts';
import type { RulesDoor } from '../../proof/rules/resolve.ts';
import { verifyBundle } from '../../proof/verify/bundle.ts';
import type { GitDoor } from '../../proof/verify/git/door.ts';
import { buildProof } from '../../proof/write/build.ts';
import { isWritten } from '../../proof/write/is-written.ts';
import type { LogLine } from '../../store/port.ts';
import type { ProofPublisher } from './port.ts';

/** How many failed checks a sentence names. */
const NAMED = 3;

/** Bundles signed with omk's own key, or the user's SSH key when one is configured. `gitDoor`: the objects of one vault. */
export function proofPublisher(options: {
  readonly stateDir: string;
  readonly configuredKey: string | null;
  readonly version: string;
  readonly gitDoor: (vault: string) => Promise<GitDoor>;
  readonly rules: RulesDoor;
}): ProofPublisher {
  const signer = (): Promise<Signer> =>
    openSigner({ stateDir: options.stateDir, configuredKey: options.configuredKey });
  return {
    build: async (lines, store) =>
      buildProof({
        lines,
        blob: (sha256) => store.getBlob(sha256),
        signer: await signer(),
        omkVersion: options.version,
      }),
    refusal: async (bundle, lines, vault) => {
      const { goal, repository } = createdIn(lines);
      const { publicKey } = await signer();
      const report = await verifyBundle({
        names: [...bundle.keys()],
        read: (name) => bundle.get(name) ?? null,
        trusted: [{ ...publicKey, name: 'this omk', validAfter: null, validBefore: null }],
        level: 'V1',
        git: await options.gitDoor(vault.dir),
        rules: options.rules,
        expect: { base: repository.commit, goal },
      });
      if (report.reached === 'V1' && report.proven) return null;
      const failed = report.checks.filter(({ ok }) => !ok).map(({ code, text }) => `${code}: ${text}`);
      return failed.slice(0, NAMED).join('; ');
    },
    keyid: async () => (await signer()).publicKey.keyid,
    isThere: (lines) => isWritten(join(options.stateDir, 'goals', createdIn(lines).goal, 'proof'), lines),
  };
}

function createdIn([first]: readonly LogLine[]) {
  if (first?.event.type === 'goal.created') return first.event.data;
  throw new OmkError('GOAL_EMPTY', 'The goal has no first event', 'omk goal list', { exit: 6 });
}
