import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { readerOf } from '../../../world/gates/layers/testing.ts';
import { makeRepository, temporaryDir, userGit } from '../../../world/git/testing/repository.ts';
import { openSandboxes } from '../../../world/sandbox/open.ts';
import { BUILDER } from './names.ts';
import { planPythonProject } from './project.ts';

/** Writes what git says where it builds, as a version, into the folder that pip is told to install to. */
const PIP = `#!/bin/sh
while [ "$1" != --target ]; do shift; done
git describe --tags > "$2/version.txt"
`;

test('a build backend that asks git for a version finds the tag of the base', async (t) => {
  const dir = temporaryDir(t);
  const folder = async (name: string): Promise<string> => {
    await mkdir(join(dir, name), { recursive: true });
    return join(dir, name);
  };
  const builder = await folder('builder');
  await folder('builder/bin');
  await writeFile(join(builder, 'bin', 'python'), PIP, { mode: 0o755 });
  const root = makeRepository(join(dir, 'r'), { 'setup.py': '' });
  userGit(root, 'tag', 'v1.2.0');
  const plan = await planPythonProject(readerOf({ 'setup.py': '' }), 'tree');
  assert.ok(plan.kind === 'plan');
  const out = await folder('out');
  const done = await plan.install({
    trust: 'base',
    checkout: await folder('checkout'),
    out,
    final: out,
    scratch: await folder('scratch'),
    downloads: await folder('downloads'),
    seed: null,
    before: new Map([[BUILDER, builder]]),
    path: process.env['PATH'] ?? '',
    programs: [],
    env: {},
    git: join(root, '.git'),
    sandboxes: openSandboxes({ env: process.env }),
  });
  assert.deepEqual(done, { kind: 'done', nested: [] });
  assert.equal(await readFile(join(out, 'project', '0', 'version.txt'), 'utf8'), 'v1.2.0\n');
});
