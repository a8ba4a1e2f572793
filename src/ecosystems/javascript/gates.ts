import type { Detector } from '../../world/gates/detect/port.ts';
import { npm } from './detect/npm.ts';

export const javascript: readonly Detector[] = [npm];
