import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pieces, table, withoutUntried, type Piece } from '../scripts/mutation/table.ts';

const at = (line: number) => ({ start: { line, column: 3 }, end: { line, column: 9 } });
const report = JSON.stringify({
  files: {
    'src/domain/git/a.ts': {
      source: 'one();\n  two();\nthree();',
      mutants: [
        { mutatorName: 'A', replacement: 'x', status: 'Killed', location: at(1) },
        { mutatorName: 'B', replacement: '{}', status: 'Survived', location: at(2) },
        { mutatorName: 'C', replacement: 'y', status: 'Timeout', location: at(3) },
        { mutatorName: 'D', replacement: 'z', status: 'NoCoverage', location: at(3) },
        { mutatorName: 'E', replacement: 'z', status: 'Ignored', location: at(3) },
        { mutatorName: 'F', replacement: 'z', status: 'Survived', testsCompleted: 0, location: at(3) },
      ],
    },
  },
});

const only = (text: string): Piece => {
  const [piece, ...more] = pieces(text);
  assert.ok(piece !== undefined && more.length === 0);
  return piece;
};

test('the score of mutation testing counts what no test reaches as missed and leaves out what was not run', () => {
  const { survivors, ...counts } = only(report);
  assert.deepEqual(counts, { folder: 'git', mutants: 5, tried: 3, killed: 2, timeouts: 1, survived: 1, uncovered: 1 });
  assert.deepEqual(survivors, [
    'Survived src/domain/git/a.ts:2:3 B: two(); → {}',
    'NoCoverage src/domain/git/a.ts:3:3 D: three(); → z',
  ]);
});

test('the table has a row for each folder and one for all', () => {
  const git = only(report);
  const lines = table([git, { ...git, folder: 'text', mutants: 15, tried: 10, killed: 10, uncovered: 0 }]).split('\n');
  assert.equal(lines[2], '| git | 5 | 3 | 2 | 1 | 1 | 1 | 53.3 % |');
  assert.equal(lines.at(-1), '| **all** | 20 | 13 | 12 | 2 | 2 | 1 | 88.3 % |');
});

test('the next run starts without what was not tried, and a folder without tries is no piece', () => {
  assert.equal(only(withoutUntried(report, ['git'])).mutants, 5 - 1);
  assert.equal(only(withoutUntried(report, ['text'])).mutants, 5, 'what is not tried again stays counted');
  const untried = { mutatorName: 'F', replacement: 'z', status: 'Survived', testsCompleted: 0, location: at(3) };
  const { files } = JSON.parse(report);
  const more = {
    files: {
      ...files,
      'src/domain/text/b.ts': { source: '', mutants: [untried] },
      'src/domain/ids.ts': { source: '', mutants: [{ ...untried, status: 'Killed' }] },
    },
  };
  assert.deepEqual(
    pieces(JSON.stringify(more)).map(({ folder }) => folder),
    ['loose', 'git'],
  );
});
