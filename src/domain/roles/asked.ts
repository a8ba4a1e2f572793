import type { AgentQuestion } from '../agents/agent.ts';

export const NOT_ASKED =
  'a question is {"text": "…"}, with "options": ["…"] where there are some, and "default": "…" where nobody must be stopped';

const LONGEST = 1000;
const MOST_OPTIONS = 9;

/** A question that a session asked through a tool; null: it is none. */
export function readAsked(given: string): { readonly question: AgentQuestion; readonly default?: string } | null {
  try {
    const value: unknown = JSON.parse(given);
    const {
      text,
      options,
      default: taken,
    } = Object.assign({ text: null, options: [], default: undefined }, value) as Read;
    if (!isText(text) || !Array.isArray(options) || options.length > MOST_OPTIONS || !options.every(isText))
      return null;
    if (taken !== undefined && !isText(taken)) return null;
    const question = { title: text.trim(), options, ...(options.length === 0 ? { wants: 'text' as const } : {}) };
    return { question, ...(taken === undefined ? {} : { default: taken }) };
  } catch {
    return null;
  }
}

interface Read {
  readonly text: unknown;
  readonly options: unknown;
  readonly default: unknown;
}

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST;
