import type { Entry, ToolEntry } from '../../../app/transcript.ts';
import { clean, cleanLine } from '../../../domain/text/clean.ts';
import { changedLines } from './change.ts';
import { duration } from './duration.ts';

const OUTPUT_LINES = 20;

/** One entry of a transcript as lines for people; a blank line stands between entries, not here. */
export function transcriptLines(entry: Entry): readonly string[] {
  const at = `[${duration(entry.ms)}]`;
  switch (entry.kind) {
    case 'prompt':
      return [`${at} omk:`, ...indented(entry.text)];
    case 'says':
      return [`${at} agent:`, ...indented(entry.text.trim())];
    case 'thinks':
      return [`${at} agent, thinking:`, ...indented(entry.text.trim())];
    case 'stray':
      return [`${at} output that is no message:`, ...indented(entry.text.trim())];
    case 'error':
      return [`${at} error: ${cleanLine(entry.text, 1000)}`];
    case 'tool':
      return toolLines(at, entry);
    case 'permission':
      return [`${at} asks: ${cleanLine(entry.title)}`, `  answer: ${cleanLine(entry.answer)}`];
    case 'plan':
      return [`${at} plan:`, ...entry.entries.map(({ text, status }) => `  ${status.padEnd(11)} ${cleanLine(text)}`)];
    case 'file':
      return [
        `${at} ${entry.use === 'read' ? 'reads' : 'writes'} ` +
          `${cleanLine(entry.path, 1000)}${entry.lines === null ? '' : ` (${entry.lines} lines)`}`,
      ];
    case 'end':
      return [`${at} ends: ${cleanLine(entry.stopReason)}`];
    case 'missing':
      return [`${at} ${entry.messages} more messages were not recorded`];
  }
}

function toolLines(at: string, { title, status, input, output, diffs }: ToolEntry): readonly string[] {
  const name = cleanLine(title);
  const said = clean(output).trimEnd().split('\n');
  return [
    `${at} tool: ${name} (${cleanLine(status)})`,
    ...(input === '' || cleanLine(input) === name ? [] : [`  $ ${cleanLine(input, 1000)}`]),
    ...diffs.flatMap(({ path, before, after }) => [
      `  ${before === null ? 'new file' : 'edit'} ${cleanLine(path, 1000)}`,
      ...changedLines(before, after).map((line) => `    ${clean(line)}`),
    ]),
    ...(output === '' ? [] : said.slice(0, OUTPUT_LINES).map((line) => `  | ${line}`)),
    ...(said.length > OUTPUT_LINES ? [`  | … ${said.length - OUTPUT_LINES} more lines: --json has all`] : []),
  ];
}

const indented = (text: string): readonly string[] =>
  clean(text)
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `  ${line}`));
