import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { OmkError } from '../../domain/error.ts';
import { readFiles } from './read.ts';

test('the goals of a folder are its plain files: a link, a pipe, an empty or endless text is refused by name', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'omk-queue-'));
  t.after(() => rmSync(dir, { recursive: true }));
  const at = (name: string): string => join(dir, name);
  const refusal = async (): Promise<string> => {
    const error: unknown = await readFiles(dir).catch((thrown: unknown) => thrown);
    return error instanceof OmkError ? `${error.code} ${error.message}` : JSON.stringify(error);
  };
  writeFileSync(at('a.md'), 'Mend it\n');
  assert.deepEqual(
    (await readFiles(dir)).entries.map(({ prompt }) => prompt),
    ['Mend it'],
  );
  symlinkSync('/etc/passwd', at('b.md'));
  assert.match(await refusal(), /^QUEUE_UNREADABLE .*b\.md' is a link/);
  rmSync(at('b.md'));
  execFileSync('mkfifo', [at('c.txt')]);
  assert.match(await refusal(), /^QUEUE_UNREADABLE .*c\.txt' is no plain file/);
  rmSync(at('c.txt'));
  writeFileSync(at('d.md'), ' \n');
  assert.match(await refusal(), /^GOAL_EMPTY_PROMPT The goal of d\.md is empty/);
  writeFileSync(at('d.md'), 'a'.repeat(300_000));
  assert.match(await refusal(), /^GOAL_TOO_LARGE The goal of d\.md has 300000 bytes/);
});
