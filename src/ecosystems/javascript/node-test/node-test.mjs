// A node:test reporter that writes one JSON line per test event. The query of its own URL names the directory.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const own = new URL(import.meta.url);
const { claim } = createRequire(own)(fileURLToPath(own).replace(/\.mjs$/, '.seal.cjs'));
const start = claim(own.searchParams.get('dir') ?? '');

export default async function* report(source) {
  if (start === null) {
    for await (const _ of source);
    return;
  }
  const { write, end } = start('node-test');
  if (process.env.NODE_OPTIONS?.includes('--test-random-seed')) write({ event: 'order' });
  for await (const { type, data } of source) {
    if (type !== 'test:start' && type !== 'test:pass' && type !== 'test:fail') continue;
    write({
      event: type.slice(5),
      name: String(data.name),
      nesting: data.nesting,
      file: data.file ?? '',
      suite: data.details?.type === 'suite',
      // `skip: false` and `todo: false` mean that the test is neither; an empty reason means that it is.
      skipped: given(data.skip) || given(data.todo),
    });
  }
  end();
}

const given = (value) => value !== undefined && value !== false && value !== null;
