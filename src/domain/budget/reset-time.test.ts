import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { resetTime } from './reset-time.ts';

/** A Tuesday; 14:00 in Berlin, 05:00 in Los Angeles. */
const NOW = Date.parse('2026-09-08T12:00:00Z');
const at = (text: string, now = NOW): string | null => {
  const found = resetTime(text, now);
  return found === null ? null : new Date(found).toISOString().replace('.000Z', 'Z');
};

/** What a provider or an agent documents or was seen to write, and when that is. */
const WRITTEN: readonly (readonly [text: string, at: string])[] = [
  // Headers.
  ['429 {"headers":{"retry-after":"30"}}', '2026-09-08T12:00:30Z'],
  ['Retry-After: 3600', '2026-09-08T13:00:00Z'],
  ['Retry-After: Tue, 08 Sep 2026 13:00:00 GMT', '2026-09-08T13:00:00Z'],
  ['Retry-After: Tuesday, 08-Sep-26 13:00:00 GMT', '2026-09-08T13:00:00Z'],
  ['Retry-After: Tue Sep  8 13:00:00 2026', '2026-09-08T13:00:00Z'],
  ['retry-after-ms: 1500', '2026-09-08T12:00:01.500Z'],
  ['x-ms-retry-after-ms=2000', '2026-09-08T12:00:02Z'],
  ['anthropic-ratelimit-unified-reset: 1788876000', '2026-09-08T14:00:00Z'],
  [
    'anthropic-ratelimit-requests-reset: 2026-09-08T12:01:00Z, anthropic-ratelimit-tokens-reset: 2026-09-08T12:05:00Z',
    '2026-09-08T12:05:00Z',
  ],
  ['x-ratelimit-reset-requests: 1s, x-ratelimit-reset-tokens: 6m0s', '2026-09-08T12:06:00Z'],
  ['x-ratelimit-reset-requests: 120ms', '2026-09-08T12:00:00.120Z'],
  ['{"X-RateLimit-Reset":"1788876000000"}', '2026-09-08T14:00:00Z'],
  ['x-ratelimit-reset: 1788876000', '2026-09-08T14:00:00Z'],
  ['RateLimit-Reset: 50', '2026-09-08T12:00:50Z'],
  // Fields.
  ['"retryDelay": "39s"', '2026-09-08T12:00:39Z'],
  ['{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"39.430s"}', '2026-09-08T12:00:39.430Z'],
  [String.raw`{\"retryDelay\":\"39s\"}`, '2026-09-08T12:00:39Z'],
  ['"retryDelay":{"seconds":39,"nanos":0}', '2026-09-08T12:00:39Z'],
  ['{"quotaResetDelay":"4h12m33s","quotaResetTimeStamp":"2026-09-08T16:12:33Z"}', '2026-09-08T16:12:33Z'],
  ['{"type":"usage_limit_reached","plan_type":"plus","resets_in_seconds":7320}', '2026-09-08T14:02:00Z'],
  ['{"resets_at":1788876000}', '2026-09-08T14:00:00Z'],
  ['{"rateLimitType":"five_hour","resetsAt":1788876000}', '2026-09-08T14:00:00Z'],
  ['{"retry_after":30}', '2026-09-08T12:00:30Z'],
  ['{"resetTime":"2026-09-08T14:00:00+00:00"}', '2026-09-08T14:00:00Z'],
  // Claude Code.
  ['Claude AI usage limit reached|1788876000', '2026-09-08T14:00:00Z'],
  ["You've hit your limit · resets 2:40pm (Europe/Berlin)", '2026-09-08T12:40:00Z'],
  ['5-hour limit reached ∙ resets 3pm', '2026-09-08T15:00:00Z'],
  ["You've hit your weekly limit · resets Sep 11 at 5pm (America/New_York)", '2026-09-11T21:00:00Z'],
  ['Weekly limit reached ∙ resets Sep 11, 5pm', '2026-09-11T17:00:00Z'],
  // Codex.
  ["You've hit your usage limit. Upgrade to Pro or try again in 2 hours 14 minutes.", '2026-09-08T14:14:00Z'],
  ["You've hit your usage limit. Try again in 4 days 22 hours.", '2026-09-13T10:00:00Z'],
  ["You've hit your usage limit. Try again in 3 days 1 hour 2 minutes.", '2026-09-11T13:02:00Z'],
  ["You've hit your usage limit. Try again at 4:20 PM.", '2026-09-08T16:20:00Z'],
  ["You've hit your usage limit. Try again at Sep 15th, 2026 4:20 PM.", '2026-09-15T16:20:00Z'],
  // OpenAI.
  ['Rate limit reached for gpt-5 on tokens per min. Please try again in 6m0s.', '2026-09-08T12:06:00Z'],
  ['Rate limit reached. Please try again in 1.898s.', '2026-09-08T12:00:01.898Z'],
  ['Please try again in 20ms.', '2026-09-08T12:00:00.020Z'],
  ['Please retry after 26 seconds.', '2026-09-08T12:00:26Z'],
  // Gemini.
  ['Please retry in 39.430552s.', '2026-09-08T12:00:39.431Z'],
  ['Your quota will reset after 4h12m33s.', '2026-09-08T16:12:33Z'],
  ['Access resets at 12:00 AM PDT', '2026-09-09T07:00:00Z'],
  ['Quota resets at midnight Pacific time', '2026-09-09T07:00:00Z'],
  // Moonshot, GLM, Qwen.
  ['max RPM: 3, please try again after 1 seconds', '2026-09-08T12:00:01Z'],
  ['Your limit will reset at 2026-09-08 20:40:47', '2026-09-08T12:40:47Z'],
  ['Your limit will reset at 2026-09-08 20:40:47, retry-after-ms=2447000', '2026-09-08T12:40:47Z'],
  // Plain sentences.
  ['limit resets at 2026-09-08T20:00:00+02:00', '2026-09-08T18:00:00Z'],
  ['limit resets at 2026-09-08 20:00 UTC', '2026-09-08T20:00:00Z'],
  ['resets at 9:30', '2026-09-09T09:30:00Z'],
  ['resets at 20:30 UTC+8', '2026-09-08T12:30:00Z'],
  ['resets 9am (PST)', '2026-09-08T17:00:00Z'],
  ['resets Monday at 9:00 AM (Asia/Tokyo)', '2026-09-14T00:00:00Z'],
  ['resets tomorrow at noon', '2026-09-09T12:00:00Z'],
  ['resets 11 Sep 10:00 GMT+2', '2026-09-11T08:00:00Z'],
  ['resets in 1 hour, 2 minutes and 3 seconds', '2026-09-08T13:02:03Z'],
  ['quota exceeded, please wait 2 hours', '2026-09-08T14:00:00Z'],
  ['resets in 2 hrs 5 mins', '2026-09-08T14:05:00Z'],
];

suite('the end of a usage limit', () => {
  for (const [text, when] of WRITTEN) test(text, () => assert.equal(at(text), when));

  test('is not guessed where nothing says it', () => {
    for (const text of [
      '429',
      'rate limited',
      'resets at 2020-01-01T00:00:00Z',
      'retry after 99999999 days',
      '{"timestamp":"2026-09-08T14:00:00Z","error":"rate limit"}',
      'reset 3 of 5 files',
      'available at 127.0.0.1:8080',
      'try again',
      '',
    ])
      assert.equal(at(text), null, text);
  });

  test('without a zone is the earlier of UTC and the zone of the machine that is to come', () => {
    const here = (text: string, zone: string, now = NOW): string =>
      new Date(resetTime(text, now, zone) ?? 0).toISOString().slice(0, 16);
    assert.equal(here('resets at 3:00 pm', 'America/Los_Angeles'), '2026-09-08T15:00');
    assert.equal(here('resets at 3:00 pm', 'Europe/Berlin'), '2026-09-08T13:00');
    const met = Date.parse('2026-09-08T15:00:01Z');
    assert.equal(here('resets at 3:00 pm', 'America/Los_Angeles', met), '2026-09-08T22:00', 'not a day later');
    assert.equal(here('resets at 2026-09-08 15:00', 'America/Los_Angeles', met + 60_000), '2026-09-08T22:00');
    assert.equal(here('resets 3pm (Asia/Tokyo)', 'America/Los_Angeles'), '2026-09-09T06:00', 'what is said counts');
    assert.equal(here('resets at 3:00 pm', 'No/Such'), '2026-09-08T15:00');
  });

  test('is never later for the zone of the machine, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...WRITTEN),
        fc.constantFrom('America/Los_Angeles', 'Asia/Kolkata', 'Pacific/Auckland', 'UTC'),
        ([text], zone) => {
          const [here, utc] = [resetTime(text, NOW, zone), resetTime(text, NOW)];
          assert.ok(here !== null && utc !== null && here <= utc && here >= NOW);
        },
      ),
    );
  });

  test('is read from the exact header before any sentence', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 86_400 }), fc.constantFrom(...WRITTEN), (seconds, [text]) => {
        assert.equal(
          resetTime(
            `${text.replaceAll(/retry-after[^ ]*|x-ms-retry[^ ]*/giu, '')}; retry-after-ms: ${seconds * 1000}`,
            NOW,
          ),
          NOW + seconds * 1000,
        );
      }),
    );
  });

  test('is never before now, whatever the text', () => {
    const words = fc.array(fc.constantFrom(...WRITTEN.flatMap(([text]) => text.split(' '))), { maxLength: 12 });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          words.map((each) => each.join(' ')),
        ),
        (text) => (resetTime(text, NOW) ?? NOW) >= NOW,
      ),
    );
  });

  test('is found in a long text without a long search', () => {
    for (const part of [
      'reset ',
      'reset 1 ',
      'retry-after ',
      '1 hour ',
      '"retryDelay":',
      ' '.repeat(50),
      'resets in 1',
    ]) {
      const begun = process.cpuUsage();
      resetTime(part.repeat(200_000 / part.length), NOW);
      assert.ok(process.cpuUsage(begun).user < 2_000_000, part);
    }
  });
});

suite('every documented form, at any time', () => {
  const now = fc.integer({
    min: Date.parse('2026-01-01T00:00:00Z') / 1000,
    max: Date.parse('2029-12-31T00:00:00Z') / 1000,
  });
  const ahead = fc.integer({ min: 61, max: 6 * 86_400 });
  const two = (value: number): string => String(value).padStart(2, '0');
  const shown = (ms: number, options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat('en-US', options).format(ms);
  const spelled = (secs: number): string =>
    [
      [Math.floor(secs / 86_400), 'day'],
      [Math.floor(secs / 3600) % 24, 'hour'],
      [Math.floor(secs / 60) % 60, 'minute'],
      [secs % 60, 'second'],
    ]
      .filter(([count]) => count !== 0)
      .map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`)
      .join(' ');
  /** How a form writes an end; `minutes`: it says no seconds. */
  const forms: readonly {
    readonly name: string;
    readonly minutes?: true;
    readonly write: (end: number, secs: number) => string;
  }[] = [
    { name: 'seconds', write: (_, secs) => `retry-after: ${secs}` },
    { name: 'milliseconds', write: (_, secs) => `"retry-after-ms": "${secs * 1000}"` },
    { name: 'date of HTTP', write: (end) => `retry-after: ${new Date(end).toUTCString()}` },
    { name: 'RFC 3339', write: (end) => `anthropic-ratelimit-tokens-reset: ${new Date(end).toISOString()}` },
    { name: 'epoch', write: (end) => `usage limit reached|${end / 1000}` },
    { name: 'epoch in a field', write: (end) => `"resets_at": ${end / 1000}` },
    { name: 'seconds in a field', write: (_, secs) => `"resets_in_seconds":${secs}` },
    { name: 'RetryInfo', write: (_, secs) => `"retryDelay":"${secs}s"` },
    {
      name: 'a span of Go',
      write: (_, secs) =>
        `x-ratelimit-reset-tokens: ${Math.floor(secs / 3600)}h${Math.floor(secs / 60) % 60}m${secs % 60}s`,
    },
    { name: 'a span in words', write: (_, secs) => `Try again in ${spelled(secs)}.` },
    {
      name: 'a date and a time in a zone',
      minutes: true,
      write: (end) =>
        `resets ${shown(end, { timeZone: 'America/New_York', month: 'short', day: 'numeric' })} at ` +
        `${shown(end, { timeZone: 'America/New_York', hour: 'numeric', minute: '2-digit' })} (America/New` +
        `_York)`,
    },
    {
      name: 'a date and a time with an offset',
      minutes: true,
      write: (end) => {
        const wall = new Date(end + 8 * 3_600_000);
        return (
          `resets ` +
          `${shown(end + 8 * 3_600_000, { timeZone: 'UTC', month: 'short', day: 'numeric', year: 'numeric' })}` +
          `, ${two(wall.getUTCHours())}:${two(wall.getUTCMinutes())} UTC+8`
        );
      },
    },
  ];
  /** An hour that a zone has twice can be meant either way. */
  const ambiguous = (end: number): boolean =>
    [-3_600_000, 3_600_000].some(
      (step) =>
        shown(end, { timeZone: 'America/New_York', dateStyle: 'short', timeStyle: 'short' }) ===
        shown(end + step, { timeZone: 'America/New_York', dateStyle: 'short', timeStyle: 'short' }),
    );
  for (const { name, minutes, write } of forms)
    test(name, () =>
      fc.assert(
        fc.property(now, ahead, (from, secs) => {
          const nowMs = from * 1000;
          const exact = nowMs + secs * 1000;
          const end = minutes ? Math.floor(exact / 60_000) * 60_000 : exact;
          fc.pre(!ambiguous(end));
          assert.equal(resetTime(write(end, secs), nowMs), end, write(end, secs));
        }),
      ),
    );
});
