import { readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { canonical } from '../../src/domain/canonical.ts';
import { sha256Hex } from '../../src/proof/format/bytes.ts';
import { testSigner } from '../../src/proof/testing/signer.ts';
import { buildProof } from '../../src/proof/write/build.ts';
import { writeFiles } from './machine.ts';

/**
 * What a maker who holds a key and lies about what was seen can make of an honest bundle: the same measurements, claimed for another
 * change. Every digest, chain and signature is right, and the result commit is in the repository.
 */
export async function retold(
  bundle: string,
  repository: string,
  file: string,
  content: string,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const git = (args: readonly string[]): string => execFileSync('git', args, { cwd: repository, encoding: 'utf8' });
  const text = readFileSync(join(bundle, 'events.jsonl'), 'utf8');
  const found = (pattern: RegExp): string => pattern.exec(text)?.[1] ?? '';
  const base = found(/"repository":\{[^}]*"commit":"([0-9a-f]{40})"/u);
  const candidate = found(/"candidate":"([0-9a-f]{40})"/u);
  const commit = found(/"type":"goal\.integrated"/u) || found(/"data":\{"commit":"([0-9a-f]{40})"/u);
  writeFiles(repository, { [file]: content });
  git(['add', '-A']);
  const tree = git(['write-tree']).trim();
  const patch = execFileSync('git', ['diff', '--binary', '--full-index', '--no-renames', base, tree], {
    cwd: repository,
  });
  const lie = git([
    '-c',
    'user.name=x',
    '-c',
    'user.email=x@example.org',
    'commit-tree',
    tree,
    '-p',
    base,
    '-m',
    'x',
  ]).trim();
  git(['reset', '-q', '--hard']);
  const blob = git(['rev-parse', `${tree}:${file}`]).trim();
  const told = text.replaceAll(candidate, tree).replaceAll(commit, lie).trimEnd().split('\n');
  let prev = '0'.repeat(64);
  const lines = told.map((each, seq) => {
    const event = JSON.parse(each);
    if (event.type === 'candidate.examined') {
      event.data.patch = { ...event.data.patch, sha256: sha256Hex(patch), bytes: patch.length };
      for (const change of event.data.changes) if (change.path === file) change.after = blob;
    }
    const line = canonical({ ...event, prev, seq });
    prev = sha256Hex(line);
    return { event: JSON.parse(line), line };
  });
  return buildProof({
    lines,
    blob: async (sha256) => (sha256 === sha256Hex(patch) ? patch : null),
    signer: testSigner(9),
    omkVersion: '1.0.0',
  });
}
