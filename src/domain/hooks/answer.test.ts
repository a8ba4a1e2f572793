import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerOf, HOOK_FORMATS, type HookAnswer, type HookFormat } from './answer.ts';

const GOLDEN: Readonly<
  Record<HookFormat, { readonly block: HookAnswer; readonly told: HookAnswer; readonly silent: HookAnswer }>
> = {
  claude: {
    block: { out: '{"decision":"block","reason":"mend it"}', err: null, exit: 0 },
    told: { out: '{"systemMessage":"ready"}', err: null, exit: 0 },
    silent: { out: '{}', err: null, exit: 0 },
  },
  codex: {
    block: { out: '{"decision":"block","reason":"mend it"}', err: null, exit: 0 },
    told: { out: '{"systemMessage":"ready"}', err: null, exit: 0 },
    silent: { out: '{}', err: null, exit: 0 },
  },
  gemini: {
    block: { out: '{"decision":"deny","reason":"mend it"}', err: null, exit: 0 },
    told: { out: '{"decision":"allow","systemMessage":"ready"}', err: null, exit: 0 },
    silent: { out: '{"decision":"allow"}', err: null, exit: 0 },
  },
  kimi: {
    block: { out: null, err: 'mend it', exit: 2 },
    told: { out: null, err: 'ready', exit: 0 },
    silent: { out: null, err: null, exit: 0 },
  },
  generic: {
    block: { out: '{"decision":"block","reason":"mend it"}', err: 'mend it', exit: 2 },
    told: { out: '{"decision":"allow","message":"ready"}', err: 'ready', exit: 0 },
    silent: { out: '{"decision":"allow","message":null}', err: null, exit: 0 },
  },
};

for (const format of HOOK_FORMATS)
  test(`a stop hook of ${format} answers in its own format`, () => {
    assert.deepEqual(answerOf(format, { kind: 'block', reason: 'mend it' }), GOLDEN[format].block);
    assert.deepEqual(answerOf(format, { kind: 'allow', told: 'ready' }), GOLDEN[format].told);
    assert.deepEqual(answerOf(format, { kind: 'allow', told: null }), GOLDEN[format].silent);
  });
