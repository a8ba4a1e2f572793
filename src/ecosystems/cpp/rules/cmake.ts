import type { ManifestContract } from '../../../domain/contract/manifest-contract.ts';

/** What a library is made of is the candidate's own; every other command may decide which tests there are and what they mean. */
export const cmakeContract = (base: string, candidate: string): ManifestContract =>
  judging(base, candidate) === judging(candidate, candidate) ? { kind: 'same' } : { kind: 'restore' };

interface Command {
  readonly name: string;
  readonly words: readonly string[];
}

const COMMAND = /\s*([A-Za-z_]\w*)\s*\(((?:[^()"]|"(?:[^"\\]|\\.)*"|\((?:[^()"]|"(?:[^"\\]|\\.)*")*\))*)\)/y;
const OF_A_TARGET =
  /^(?:add_library|target_sources|target_include_directories|target_link_libraries|target_compile_features)$/;

/** The commands that are not about a library of the candidate, one a line; the whole text where it is not understood. */
function judging(text: string, candidate: string): string {
  const commands = commandsOf(text);
  const libraries = new Set(
    (commandsOf(candidate) ?? []).filter(({ name }) => name === 'add_library').map(({ words }) => words[0]),
  );
  // Options and generator expressions reach what links the library: the tests.
  const isOwn = ({ name, words }: Command): boolean =>
    OF_A_TARGET.test(name) &&
    libraries.has(words[0]) &&
    words.every((word, index) => !/^["']?-|\$<|;/.test(word) && (index > 0 || /^[\w.:-]+$/.test(word)));
  return commands === null
    ? text
    : commands
        .filter((command) => !isOwn(command))
        .map(({ name, words }) => [name, ...words].join(' '))
        .join('\n');
}

function commandsOf(text: string): readonly Command[] | null {
  // A bracket argument may hold anything.
  if (/\[=*\[/.test(text)) return null;
  const bare = text.replace(/^((?:[^#"\n]|"(?:[^"\\]|\\.)*")*)#.*$/gm, '$1');
  const commands: Command[] = [];
  let end = 0;
  COMMAND.lastIndex = 0;
  for (let match = COMMAND.exec(bare); match !== null; match = COMMAND.exec(bare)) {
    end = COMMAND.lastIndex;
    commands.push({
      name: (match[1] ?? '').toLowerCase(),
      words: (match[2] ?? '').match(/"(?:[^"\\]|\\.)*"|[^\s"]+/g) ?? [],
    });
  }
  return bare.slice(end).trim() === '' ? commands : null;
}
