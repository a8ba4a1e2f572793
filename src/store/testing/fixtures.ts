import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GoalEvent } from '../../domain/goal/event.ts';
import type { GoalSummary } from '../port.ts';

/** A small event; `text` tells it from others. */
export const event = (text: string): GoalEvent => ({ type: 'goal.paused', data: { why: text } });

export const summary = (goal: string, more: Partial<GoalSummary> = {}): GoalSummary => ({
  goal,
  repository: 'repository-1',
  title: `Title of ${goal}`,
  status: 'running',
  createdAt: '2026-01-31T12:00:00.000Z',
  updatedAt: '2026-01-31T12:00:00.000Z',
  ...more,
});

export interface ManualClock {
  now(): number;
  advance(ms: number): void;
}

export function manualClock(): ManualClock {
  let now = Date.parse('2026-01-31T12:00:00.000Z');
  return {
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
  };
}

export interface Scratch {
  readonly path: string;
  remove(): Promise<void>;
}

export async function scratch(): Promise<Scratch> {
  const path = await mkdtemp(join(tmpdir(), 'omk-store-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Waits until a condition holds; fails the test when it does not within ten seconds. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`never happened: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
