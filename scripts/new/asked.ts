import { READER_NAMES } from '../../src/domain/gates/reader-names.ts';
import { newEcosystem } from './ecosystem.ts';
import { newPreset } from './preset.ts';
import { newReader } from './reader.ts';
import { newSurface } from './surface.ts';
import { idOf, type Template } from './template.ts';

const HELP = `npm run new -- <kind> <name>: makes a part with its files, registers it, and writes a test that says what is missing.

  ecosystem <name>            a language with its package managers and runners, in src/ecosystems/<name>
  reader <name> <ecosystem>   a runner of tests, in src/ecosystems/<ecosystem>/<name>
  preset <name>               an agent, in src/world/agents/presets
  surface <name>              another way to use omk, in src/surfaces/<name>`;

const KINDS: Readonly<Record<string, (name: string, ecosystem: string) => Template>> = {
  ecosystem: newEcosystem,
  preset: newPreset,
  reader: newReader,
  surface: newSurface,
};
const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
/** Names in code that JavaScript keeps for itself. */
const KEPT = new Set(
  (
    'await break case catch class const continue debugger default delete do else enum export extends false finally for function ' +
    'if implements import in instanceof interface let new null package private protected public return static super switch this ' +
    'throw true try typeof var void while with yield'
  ).split(' '),
);

type Asked =
  | { readonly kind: 'make'; readonly template: Template }
  | { readonly kind: 'help' | 'refused'; readonly text: string };

/** What the words of a command ask for. `exists`: whether a path below the root is there. */
export function asked(words: readonly string[], exists: (path: string) => boolean): Asked {
  const [kind = '', name = '', ecosystem = '', ...more] = words;
  if (words.some((word) => word === '--help' || word === '-h')) return { kind: 'help', text: HELP };
  const make = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (make === undefined) return refused(kind === '' ? HELP : `'${kind}' is not a kind of part.\n\n${HELP}`);
  if (!NAME.test(name) || KEPT.has(idOf(name)))
    return refused(
      `'${name}' cannot be a name: use small letters, digits and single hyphens, and no word of JavaScript.`,
    );
  if (kind !== 'reader' && ecosystem !== '') return refused(`'${ecosystem}' is one word too many.\n\n${HELP}`);
  if (more.length > 0) return refused(`'${more.join(' ')}' is too much.\n\n${HELP}`);
  if (kind === 'reader' && !(NAME.test(ecosystem) && exists(`src/ecosystems/${ecosystem}/rules/rules.ts`)))
    return refused(`'${ecosystem}' is not a folder of src/ecosystems: npm run new -- reader <name> <ecosystem>`);
  if (kind === 'reader' && READER_NAMES.some((each) => each === name))
    return refused(`A reader '${name}' already exists.`);
  const template = make(name, ecosystem);
  const taken = [...template.files.keys()].find(exists);
  return taken === undefined ? { kind: 'make', template } : refused(`${taken} already exists.`);
}

const refused = (text: string): Asked => ({ kind: 'refused', text });
