import { randomBytes } from 'node:crypto';
import type { Clock } from './port.ts';

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  zone: () => new Intl.DateTimeFormat().resolvedOptions().timeZone,
  random: (bytes) => randomBytes(bytes),
};
