/** Why a proof is refused. The codes are stable; the sentences say what a failing check means. */
export const VERIFY_CODES = {
  E_BUNDLE:
    'A file of the bundle is missing, has a name that no bundle has, or is one that nothing in the bundle accounts for.',
  E_TOO_LARGE: 'The bundle, one of its files or one of its log lines is over the limits of the verifier.',
  E_ENVELOPE:
    'A signed envelope is not in the one form that is accepted: one signature, the in-toto payload type, canonical text, nothing added.',
  E_KEYID: 'An envelope names its key in another form than an SSH fingerprint, or the envelopes name different keys.',
  E_KEY_UNTRUSTED:
    'The bundle is signed by a key that the verifier was not told to trust, or not for this time or purpose.',
  E_SIGNATURE: 'A signature does not belong to the bytes beside it: they were changed, or signed by another key.',
  E_INPUTS: 'The terminal statement does not list exactly the signed statements that are in the bundle.',
  E_LOG_TORN: 'The log ends in the middle of a line.',
  E_LOG_CANON: 'A line of the log is not canonical JSON.',
  E_LOG_CHAIN: 'A line of the log does not follow the one before it: one was changed, removed, added or moved.',
  E_LOG_EVENT: 'A line of the log is not an event of a known version, or cannot follow the events before it.',
  E_LOG_PART: 'A large part of an event, which lies beside the log, is missing or is not the one that the log names.',
  E_LOG_ROOT: 'The log is not the one that the terminal statement was made over: other lines, or fewer, or more.',
  E_CHECKPOINT: 'The checkpoint of the log is not a signed note of the same key, or its SSH signature does not verify.',
  E_CHECKPOINT_BINDING: 'The checkpoint is genuine, but belongs to another log or to another state of this one.',
  E_TERMINAL: 'The log does not end in exactly one current terminal event.',
  E_STATUS: 'The claimed status, its levels or its gaps are not what the log shows when it is folded again.',
  E_GATE_MISSING: 'A gate that must be shown has no signed statement, or is missing from the log.',
  E_GATE_ARGV: 'A gate was run, or is said to have been run, with another command than its policy names.',
  E_GATE_RESULT: 'The statement of a gate says something else than its runs in the log show.',
  E_GATE_TREE: 'A gate judged another tree than the one it stands for, or changed the tree it judged.',
  E_TURNS: 'The statement about the turns of the agent differs from the log.',
  E_BUDGET:
    'The statement about the budgets, a checkpoint or the bound in it differs from the log, or the log ' +
    'itself claims a use that was never told.',
  E_SUBJECT: 'The proof is about another commit, tree or file than the one it is presented for.',
  E_BLOB: 'Recorded output or a report was replaced: its digest is not the one in the log.',
  E_PATCH: 'change.patch is not the change from the base to the judged tree.',
  E_GIT: 'A git object that is needed for the check is not in the repository at hand.',
  E_BASE: 'The base is not the one the verifier named, or its tree is another.',
  E_POLICY: 'The gates of the run are not those of the base commit.',
  E_HELD_OUT:
    'The held-out checks are not those that were committed to before the agent started, or were not laid ' +
    'over the tree they are said to have judged.',
  E_INDEX:
    'proof.json says something else than the bundle it lies in. It proves nothing, but is what people and programs read.',
  E_FACT: 'Something that the log says is so, or not so, in a tree is otherwise there.',
  E_RULES_UNKNOWN:
    'The rule set that judged is not at hand, so nothing is said against the proof and nothing for it: another omk ' +
    'may have it.',
  E_RULES_WITHDRAWN: 'The rule set that judged has a hole and is withdrawn; --accept-rules takes it all the same.',
  E_RECIPE: 'The tree judged by the tests of the base is not the one that base and candidate make.',
} as const;

export type VerifyCode = keyof typeof VERIFY_CODES;
