import type { StopDecision } from './decide.ts';

export const HOOK_AGENTS = ['claude', 'kimi', 'codex', 'gemini'] as const;
export const HOOK_FORMATS = [...HOOK_AGENTS, 'generic'] as const;
export type HookAgent = (typeof HOOK_AGENTS)[number];
export type HookFormat = (typeof HOOK_FORMATS)[number];

/** What a stop hook prints, and its exit code. */
export interface HookAnswer {
  readonly out: string | null;
  readonly err: string | null;
  readonly exit: 0 | 2;
}

/** A decision in the words of an agent (docs/hooks.md says where each is from). */
export function answerOf(format: HookFormat, decision: StopDecision): HookAnswer {
  switch (format) {
    case 'claude':
    case 'codex':
      return json(decision.kind === 'block' ? { decision: 'block', reason: decision.reason } : said(decision.told));
    case 'gemini':
      return json(
        decision.kind === 'block'
          ? { decision: 'deny', reason: decision.reason }
          : { decision: 'allow', ...said(decision.told) },
      );
    case 'kimi':
      return decision.kind === 'block'
        ? { out: null, err: decision.reason, exit: 2 }
        : { out: null, err: decision.told, exit: 0 };
    case 'generic':
      return decision.kind === 'block'
        ? { ...json({ decision: 'block', reason: decision.reason }), err: decision.reason, exit: 2 }
        : { ...json({ decision: 'allow', message: decision.told }), err: decision.told };
  }
}

const said = (told: string | null): Readonly<Record<string, string>> => (told === null ? {} : { systemMessage: told });

const json = (value: Readonly<Record<string, unknown>>): HookAnswer => ({
  out: JSON.stringify(value),
  err: null,
  exit: 0,
});
