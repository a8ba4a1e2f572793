/** What Stryker said of a folder of the domain. */
export interface Piece {
  readonly folder: string;
  /** Without what is only run while files are loaded, which is not measured. */
  readonly mutants: number;
  /** Of those that tests reach: all, or a sample. */
  readonly tried: number;
  readonly killed: number;
  /** Of the killed: those that ended by a limit of time or of rounds. */
  readonly timeouts: number;
  readonly survived: number;
  /** Counted, not sampled. */
  readonly uncovered: number;
  /** A line for each that survived or that no test reaches. */
  readonly survivors: readonly string[];
}

interface Mutant {
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly status: string;
  readonly testsCompleted?: number;
  readonly location: { readonly start: { readonly line: number; readonly column: number } };
}

interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}

const oneLine = (text: string): string => text.trim().replaceAll(/\s+/g, ' ').slice(0, 100);

type Files = Report['files'];

/** No test was run for what is not in the sample. */
const isTried = ({ status, testsCompleted }: Mutant): boolean => status !== 'Survived' || testsCompleted !== 0;

/** Files of the domain that are in no folder of it are a piece with this name. */
const folderOf = (file: string): string => /^src\/domain\/(?<folder>[^/]+)\//.exec(file)?.groups?.['folder'] ?? 'loose';

/** The pieces of a report in the format that Stryker keeps for its next run, the smallest first. */
export function pieces(text: string): readonly Piece[] {
  const { files }: Report = JSON.parse(text);
  return Object.entries(Object.groupBy(Object.entries(files), ([file]) => folderOf(file)))
    .map(([folder, inFolder = []]) => readPiece(folder, Object.fromEntries(inFolder)))
    .filter(({ tried }) => tried > 0)
    .sort((a, b) => a.mutants - b.mutants);
}

/** The report without what was not tried in these folders, which Stryker would take for tried when it tries them again. */
export function withoutUntried(text: string, folders: readonly string[]): string {
  const { files, ...rest }: Report = JSON.parse(text);
  const tried = Object.entries(files).map(([file, { mutants, ...more }]) => [
    file,
    { ...more, mutants: folders.includes(folderOf(file)) ? mutants.filter(isTried) : mutants },
  ]);
  return JSON.stringify({ ...rest, files: Object.fromEntries(tried) });
}

function readPiece(folder: string, files: Files): Piece {
  const all = Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants.map((mutant) => ({ file, source, mutant })),
  );
  const having = (...statuses: readonly string[]) => all.filter(({ mutant }) => statuses.includes(mutant.status));
  const killed = having('Killed', 'Timeout', 'RuntimeError').length;
  const survivors = having('Survived', 'NoCoverage').filter(({ mutant }) => isTried(mutant));
  return {
    folder,
    mutants: killed + having('Survived', 'NoCoverage').length,
    tried: killed + survivors.filter(({ mutant }) => mutant.status === 'Survived').length,
    killed,
    timeouts: having('Timeout').length,
    survived: having('Survived').filter(({ mutant }) => isTried(mutant)).length,
    uncovered: having('NoCoverage').length,
    survivors: survivors.map(({ file, source, mutant: { location, mutatorName, replacement, status } }) => {
      const { line, column } = location.start;
      const was = oneLine(source.split('\n')[line - 1] ?? '');
      return `${status} ${file}:${line}:${column} ${mutatorName}: ${was} → ${oneLine(replacement ?? '')}`;
    }),
  };
}

/** The share of mutants that tests notice. Of those that tests reach it is as in the sample. */
export const scoreOf = ({ mutants, tried, killed, uncovered }: Omit<Piece, 'folder' | 'survivors'>): number =>
  tried === 0 ? 0 : ((killed / tried) * (mutants - uncovered)) / mutants;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** A row for each folder and one for all, whose score weighs each folder by its mutants, as Markdown. */
export function table(pieces: readonly Piece[]): string {
  const sum = (pick: (piece: Piece) => number): number => pieces.reduce((before, piece) => before + pick(piece), 0);
  const mutants = sum((piece) => piece.mutants);
  const counts = [
    mutants,
    ...(['tried', 'killed', 'timeouts', 'survived', 'uncovered'] as const).map((name) => sum((piece) => piece[name])),
  ];
  const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [
    '| folder | mutants | tried | killed | by a time limit | survived | not reached | score |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...pieces.map((piece) =>
      row([
        piece.folder,
        piece.mutants,
        piece.tried,
        piece.killed,
        piece.timeouts,
        piece.survived,
        piece.uncovered,
        percent(scoreOf(piece)),
      ]),
    ),
    row(['**all**', ...counts, percent(sum((piece) => scoreOf(piece) * piece.mutants) / Math.max(1, mutants))]),
  ].join('\n');
}
