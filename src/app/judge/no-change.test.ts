import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OmkError } from '../../domain/error.ts';
import { requireChange } from './no-change.ts';

const base = { commit: 'c'.repeat(40), tree: 't'.repeat(40) };

const fixOf = (name: string, why: string, commit: string | null = base.commit): string => {
  try {
    requireChange({ tree: base.tree, commit, name, base: { ...base, why } }, {});
  } catch (error) {
    return error instanceof OmkError && error.code === 'NOTHING_TO_JUDGE' ? error.fix : String(error);
  }
  return 'judged';
};

test('a change that changes nothing is refused, and a range that is written backwards is named', () => {
  assert.match(
    fixOf('feature..main', 'the merge base of feature and main'),
    /^omk judge main\.\.feature judges the other/,
  );
  assert.match(fixOf('HEAD..HEAD', 'HEAD'), /^omk judge HEAD~1\.\.HEAD/);
  assert.match(fixOf('the working tree', 'HEAD', null), /^omk judge HEAD~1\.\.HEAD/);
  assert.match(fixOf('a..b', 'the merge base of a and b', 'd'.repeat(40)), /^omk judge HEAD~1\.\.HEAD/);
  const other = { tree: 'u'.repeat(40), commit: null, name: 'the index', base: { ...base, why: 'HEAD' } };
  requireChange(other, {});
  requireChange({ ...other, tree: base.tree }, { expect: 'fix' });
});
