import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPiece, table } from '../scripts/mutation/table.ts';

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

test('the score of mutation testing counts what no test reaches as missed and leaves out what was not run', () => {
  const { survivors, ...counts } = readPiece('git', report);
  assert.deepEqual(counts, { folder: 'git', mutants: 5, tried: 3, killed: 2, timeouts: 1, survived: 1, uncovered: 1 });
  assert.deepEqual(survivors, [
    'Survived src/domain/git/a.ts:2:3 B: two(); → {}',
    'NoCoverage src/domain/git/a.ts:3:3 D: three(); → z',
  ]);
});

test('the table has a row for each folder and one for all', () => {
  const git = readPiece('git', report);
  const lines = table([git, { ...git, folder: 'text', mutants: 15, tried: 10, killed: 10, uncovered: 0 }]).split('\n');
  assert.equal(lines[2], '| git | 5 | 3 | 2 | 1 | 1 | 1 | 53.3 % |');
  assert.equal(lines.at(-1), '| **all** | 20 | 13 | 12 | 2 | 2 | 1 | 88.3 % |');
});
