import { heldOutOf } from '../../domain/held-out/options.ts';
import { standings, type Standing } from '../../domain/criteria/standing.ts';
import type { Proposed } from '../../domain/goal/proposed.ts';
import type { Gap } from '../../domain/goal/gap.ts';
import { sha256Hex } from '../format/bytes.ts';
import type { Facts } from './facts.ts';
import { verifiedLevels } from './levels.ts';
import { statement, type Resource, type Statement } from './statement.ts';
import { judged, resourceUri } from './subject.ts';
import type { Sha256 } from '../../domain/ids.ts';

export const RUN_FIELD = 'https://omk.dev/run/v1';
const VSA = 'https://slsa.dev/verification_summary/v1';

/** What a reader might take a proof for, and what it is not. Part of what is signed, so of `run/v1`: other words are another version. */
export const DOES_NOT_SAY: readonly string[] = [
  'that the change is good, or that it does all that was asked: only that these gates said this about this tree',
  'that whoever holds the signing key is honest: an agent that ran without a sandbox as the same user could have signed it',
  'that code under test did not forge its own report inside the test process, where no held-out check ran',
];

/** The parts of a bundle that the terminal statement binds together. */
export interface Bound {
  readonly omkVersion: string;
  readonly log: { readonly origin: string; readonly size: number; readonly root: string };
  /** sha256 of each file; `patch` is null where no candidate was examined. */
  readonly checkpoint: string;
  readonly patch: string | null;
  /** Every other signed statement by file name and sha256 of the file. */
  readonly inputs: readonly { readonly name: string; readonly sha256: Sha256 }[];
}

/** The terminal status as an SLSA verification summary: `PASSED` for `ready`, `FAILED` for every other. */
export function terminalStatement(facts: Facts, bound: Bound): Statement {
  const { created, gaps } = facts;
  const heldOut = heldOutOf(facts.state);
  const subject: readonly Resource[] = [
    ...judged(facts),
    ...(bound.patch === null ? [] : [{ name: 'change.patch', digest: { sha256: bound.patch } }]),
    { name: 'checkpoint', digest: { sha256: bound.checkpoint } },
  ];
  return statement(VSA, subject, {
    verifier: { id: 'https://omk.dev/verifier/v1', version: { omk: bound.omkVersion } },
    timeVerified: facts.endedAt,
    resourceUri: resourceUri(facts),
    policy: policy(facts),
    inputAttestations: bound.inputs.map(({ name, sha256 }) => ({ uri: name, digest: { sha256 } })),
    verificationResult: facts.status === 'ready' ? 'PASSED' : 'FAILED',
    verifiedLevels: verifiedLevels(facts),
    slsaVersion: '1.2',
    [RUN_FIELD]: {
      goal: created.goal,
      status: facts.status,
      // Absent in logs from before rule sets had names.
      ...(ruled(facts) === null ? {} : { rules: ruled(facts) }),
      base: { commit: created.repository.commit, tree: created.repository.tree },
      promptSha256: sha256Hex(created.prompt),
      log: bound.log,
      blockingGaps: signedGaps(gaps, 'blocking'),
      knownGaps: signedGaps(gaps, 'known'),
      humanDecisions: facts.state.questions.flatMap(({ question, answer }) =>
        answer ? [{ question: question.id, code: question.code, subject: question.subject, answer: answer.kind }] : [],
      ),
      // As recorded: parsers get better, and a proof of yesterday must not fail for it.
      ...(facts.examined?.tests ? { changedTests: facts.examined.tests } : {}),
      failure: failure(facts),
      // Absent where the goal had one task, as in proofs of before.
      ...(facts.state.landed.length > 0 ? { tasks: facts.state.landed } : {}),
      // Absent in logs of before.
      ...(created.options.standings ? { criteria: standings(facts.state).map(signedStanding) } : {}),
      // Absent where there are none, as in proofs of before.
      ...(facts.state.proposals.length > 0 ? { proposals: facts.state.proposals.map(stated) } : {}),
      ...(heldOut && {
        heldOut: {
          commitment: heldOut.commitment,
          oracle: heldOut.oracle,
          checks: heldOut.paths.length,
          revealed: facts.state.revealed !== null,
        },
      }),
      doesNotSay: DOES_NOT_SAY,
    },
  });
}

const stated = ({ attempt, turn, ruling }: Proposed): object => ({
  attempt,
  turn,
  task: ruling.kind === 'accepted' ? ruling.task.id : null,
});

/** Without their sentences: better words in a later version must not make an older proof look false. */
export const signedGaps = (
  gaps: readonly Gap[],
  kind: Gap['kind'],
): readonly { readonly code: string; readonly subject: string }[] =>
  gaps.filter((gap) => gap.kind === kind).map(({ code, subject }) => ({ code, subject }));

/** Without its sentence, as with gaps. */
const signedStanding = ({ text: _text, ...rest }: Standing): object => rest;

function policy(facts: Facts): Resource {
  const { commit, tree } = facts.created.repository;
  const file = facts.state.policy?.file ?? null;
  const uri = `${resourceUri(facts)}@${commit}`;
  return file
    ? { uri: `${uri}#${file.path}`, digest: { gitBlob: file.blob } }
    : { uri: `${uri}#detected`, digest: { gitTree: tree } };
}

function failure({ events }: Facts): object | null {
  const last = events.at(-1);
  return last?.type === 'goal.ended' ? last.data.failure : null;
}

function ruled({ events }: Facts): string | null {
  const last = events.at(-1);
  return (last?.type === 'goal.ended' || last?.type === 'goal.cancelled' ? last.data.rules : null) ?? null;
}
