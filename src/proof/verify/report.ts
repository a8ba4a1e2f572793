import type { Origin } from '../../domain/delivery/delivery.ts';
import type { Gap } from '../../domain/goal/gap.ts';
import type { TerminalStatus } from '../../domain/status.ts';
import type { CommitId, GoalId, Timestamp, TreeId } from '../../domain/ids.ts';
import type { VerifyCode } from './codes.ts';

/** V0: signatures, log and what follows from the log. V1: also the git objects and the policy at the base. */
export type Level = 'V0' | 'V1';

/** One thing that was checked; `code` is what its failure is called. */
interface Check {
  readonly code: VerifyCode;
  readonly ok: boolean;
  readonly text: string;
}

/** What a bundle proves, known only once V0 is reached. */
export interface Proven {
  readonly goal: GoalId;
  readonly status: TerminalStatus;
  readonly endedAt: Timestamp;
  readonly base: CommitId;
  readonly candidate: TreeId | null;
  readonly head: CommitId | null;
  /** What the goal goes on with, as its first event says. Absent: it began here. */
  readonly origin?: Origin;
  /** The rule set that judged, as the log names it; null where it names none. */
  readonly rules: string | null;
  readonly levels: readonly string[];
  readonly gaps: readonly Gap[];
  /** SSH fingerprint of the key that signed, and whose it is as far as the trusted keys say. */
  readonly keyid: string;
  readonly signer: string;
  /** Recorded files that are not in the bundle: allowed, and said. */
  readonly redacted: number;
}

export interface VerifyReport {
  readonly asked: Level;
  /** The level at which every check passed. A proof of a failure can reach every level: look at `proven.status`. */
  readonly reached: Level | 'none';
  readonly proven: Proven | null;
  readonly checks: readonly Check[];
}

export interface Recorder {
  readonly checks: readonly Check[];
  /** Records and returns whether it held. */
  check(code: VerifyCode, ok: boolean, text: string): boolean;
  /** One failed check for each code among the places where a statement differs from the log; whether there is none. */
  same(
    places: readonly (readonly string[])[],
    codeOf: (path: readonly string[]) => VerifyCode,
    subject: string,
  ): boolean;
  /** Failures recorded so far. */
  failures(): number;
}

export function recorder(): Recorder {
  const checks: Check[] = [];
  return {
    checks,
    check(code, ok, text) {
      checks.push({ code, ok, text });
      return ok;
    },
    same(places, codeOf, subject) {
      const byCode = new Map(places.map((path) => [codeOf(path), path] as const).reverse());
      for (const [code, path] of byCode)
        checks.push({ code, ok: false, text: `${subject}: ${path.join('.')} is not what the log shows` });
      return places.length === 0;
    },
    failures: () => checks.filter((each) => !each.ok).length,
  };
}
