import { isRecord } from '../../../domain/record.ts';
import type { AgentQuestion, Wanted } from '../../../domain/agents/agent.ts';
import type { FormField, FormValue } from '../../../domain/agents/form.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The fields of an `elicitation/create`, or why a person cannot be asked. */
export function formOf(params: Fields, tidy: (text: string) => string): readonly FormField[] | string {
  if (params['mode'] !== 'form') return 'only forms can be asked: omk opens no address';
  if (typeof params['sessionId'] !== 'string') return 'it was asked outside of a session';
  const schema = isRecord(params['requestedSchema']) ? params['requestedSchema'] : {};
  const properties = Object.entries(isRecord(schema['properties']) ? schema['properties'] : {});
  const required: readonly unknown[] = Array.isArray(schema['required']) ? schema['required'] : [];
  const message = text(params['message']);
  return properties.map(([name, property]) => {
    const given = isRecord(property) ? property : {};
    const label = text(given['title']) || (properties.length > 1 ? name : '');
    const parts = [message, label, text(given['description'])].filter((part) => part !== '');
    const title = tidy([...new Set(parts)].join(' \u2013 ')) || tidy(name);
    return fieldOf(name, { given, title, required: required.includes(name), tidy });
  });
}

interface Asked {
  readonly given: Fields;
  readonly title: string;
  readonly required: boolean;
  readonly tidy: (text: string) => string;
}

function fieldOf(name: string, { given, title, required, tidy }: Asked): FormField {
  const wants = wantsOf(given);
  if (wants !== null) return { name, required, question: { title, options: [], wants }, values: [] };
  const choices = choicesOf(given);
  if (choices.length === 0) return { name, required, question: null, values: [] };
  const all = required ? choices : [...choices, { label: '(leave it out)', value: null }];
  const question: AgentQuestion = { title, options: all.map(({ label }) => tidy(label)) };
  return { name, required, question, values: all.map(({ value }) => value) };
}

function wantsOf(given: Fields): Wanted | null {
  const { type } = given;
  if (type === 'number' || type === 'integer') return type;
  return type === 'string' && given['enum'] === undefined && given['oneOf'] === undefined ? 'text' : null;
}

interface Choice {
  readonly label: string;
  readonly value: FormValue | null;
}

function choicesOf(given: Fields): readonly Choice[] {
  switch (given['type']) {
    case 'boolean':
      return [
        { label: 'yes', value: true },
        { label: 'no', value: false },
      ];
    case 'string':
      return named(given);
    case 'array': {
      const least = given['minItems'];
      // One answer is given to a question.
      if (typeof least === 'number' && least > 1) return [];
      return named(isRecord(given['items']) ? given['items'] : {}).map(({ label, value }) => ({
        label,
        value: [value],
      }));
    }
    default:
      return [];
  }
}

/** Values of an enumeration, plain or with titles. */
function named(given: Fields): readonly { readonly label: string; readonly value: string }[] {
  const list = [given['oneOf'], given['anyOf'], given['enum']].find((each) => Array.isArray(each));
  return (Array.isArray(list) ? list : []).flatMap((each: unknown) => {
    if (typeof each === 'string') return [{ label: each, value: each }];
    if (!isRecord(each) || typeof each['const'] !== 'string') return [];
    const label = [text(each['title']) || each['const'], text(each['description'])].filter((part) => part !== '');
    return [{ label: label.join(': '), value: each['const'] }];
  });
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
