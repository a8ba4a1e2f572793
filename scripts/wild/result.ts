import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

export const PHASES = ['gates', 'fix', 'feature', 'hollow', 'reformat', 'cheats'] as const;
export type Phase = (typeof PHASES)[number];

/** One thing that was tried: an honest change, or a cheat. */
const trial = z.strictObject({
  /** `ready`, another status of a goal, or why there is none. */
  status: z.string(),
  good: z.boolean(),
  /** Codes and sentences of what omk missed, first the most important. */
  causes: z.array(z.string()),
  seconds: z.number(),
  /** Gates that were executed, and how long all of them took together. */
  gateRuns: z.number(),
  gateSeconds: z.number(),
});

const counts = z.strictObject({ passed: z.number(), failed: z.number(), skipped: z.number() });

const gates = z.strictObject({
  good: z.boolean(),
  plain: z.strictObject({ code: z.number().nullable(), seconds: z.number(), counts: counts.nullable() }),
  omk: z.strictObject({ seconds: z.number(), counts: counts.nullable(), gates: z.array(z.string()) }),
  causes: z.array(z.string()),
});

const result = z.strictObject({
  name: z.string(),
  ecosystem: z.string(),
  from: z.string(),
  gates: gates.optional(),
  fix: trial.optional(),
  feature: trial.optional(),
  hollow: trial.optional(),
  reformat: trial.optional(),
  cheats: z.record(z.string(), trial).optional(),
  /** What omk keeps for this repository after all of this, in MiB. */
  diskMiB: z.number().optional(),
});

export type Counts = z.infer<typeof counts>;
export type Trial = z.infer<typeof trial>;
export type GatesResult = z.infer<typeof gates>;
export type Result = z.infer<typeof result>;

export function readResult(folder: string, name: string): Result | null {
  let text: string;
  try {
    text = readFileSync(join(folder, `${name}.json`), 'utf8');
  } catch {
    return null;
  }
  return result.parse(JSON.parse(text));
}

export function writeResult(folder: string, value: Result): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${value.name}.json`), `${JSON.stringify(value, null, 2)}\n`);
}
