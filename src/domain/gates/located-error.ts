import { cleanLine } from '../text/clean.ts';

/** How programs begin an error: `error[E0425]: …`, `a.c:3:5: …`, `a.ts(3,5): error TS1005: …`, `SyntaxError: …`, `1:3  error  …`. */
const ERROR = new RegExp(
  String.raw`^(?!npm )(?:.{0,200}\berror(?:\[\w+\]|\s[A-Z]{1,4}\d{3,5})?: |\S{1,200}:\d+:\d+: |` +
    String.raw`(?:\[ERROR\] )?\S{1,200}:\[\d+,\d+\] |\s{0,8}(?:\w*SyntaxError|IndentationError|TabError|ImportError|` +
    String.raw`ModuleNotFoundError|ReferenceError|(?:PHP )?Parse error|(?:PHP )?Fatal error)\b|.{0,200}: syntax error|` +
    String.raw`\s{1,8}\d+:\d+\s+error\s)`,
);
/** Where it is, on a line of its own after it or before it. */
const AFTER = /^\s*--> (\S+)/;
const BEFORE = /^\s*File "([^"]+)", line (\d+)|^(?:file:\/\/)?(\S+\.\w+:\d+|\/\S+\.\w+)$/;
const LONGEST = 240;

/** The first error that a compiler or interpreter names in an output, with its place; null where none is found. */
export function locatedError(output: string): string | null {
  const lines = output.split('\n');
  const at = lines.findIndex((line) => ERROR.test(line));
  const line = lines[at];
  if (line === undefined) return null;
  const place = AFTER.exec(lines[at + 1] ?? '')?.[1] ?? placeBefore(lines.slice(Math.max(0, at - 6), at));
  return cleanLine(place === null ? line.trim() : `${line.trim()} (${place})`, LONGEST);
}

function placeBefore(lines: readonly string[]): string | null {
  const [, file, line, place] =
    lines
      .toReversed()
      .map((each) => BEFORE.exec(each))
      .find((each) => each !== null) ?? [];
  return place ?? (file === undefined ? null : `${file}:${line ?? ''}`);
}
