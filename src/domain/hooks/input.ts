import { OmkError } from '../error.ts';

/** What an agent tells a hook. */
export interface HookInput {
  /** `start`: a session begins; `stop`: the agent wants to stop; `other`: none of omk's business. */
  readonly event: 'start' | 'stop' | 'other';
  readonly session: string | null;
  readonly folder: string | null;
  /** No stop hook sent it back since a person last spoke; null: the agent does not say. */
  readonly isFirst: boolean | null;
}

const EVENTS: ReadonlyMap<string, HookInput['event']> = new Map([
  ['SessionStart', 'start'],
  ['Stop', 'stop'],
  ['AfterAgent', 'stop'],
]);

/** Reads what all agents write alike. Nothing at all is a stop. `OmkError` `HOOK_INPUT_INVALID`. */
export function readHookInput(text: string): HookInput {
  const value = text.trim() === '' ? {} : parsed(text);
  const event = field(value, 'hook_event_name');
  const active = field(value, 'stop_hook_active');
  return {
    event: typeof event === 'string' ? (EVENTS.get(event) ?? 'other') : 'stop',
    session: word(field(value, 'session_id')),
    folder: word(field(value, 'cwd')),
    isFirst: typeof active === 'boolean' ? !active : null,
  };
}

function parsed(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Said below.
  }
  throw new OmkError(
    'HOOK_INPUT_INVALID',
    'What the agent wrote to the standard input of its hook is not a JSON object',
    'omk judge --hook is started by an agent; by hand: echo {} | omk judge --hook generic',
  );
}

const field = (value: object, name: string): unknown => Reflect.get(value, name);
const word = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
