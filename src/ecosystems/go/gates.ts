import type { Detector } from '../../world/gates/detect/port.ts';
import { go as detector } from './detect.ts';

export const go: readonly Detector[] = [detector];
