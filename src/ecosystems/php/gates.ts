import type { Detector } from '../../world/gates/detect/port.ts';
import { php as detector } from './detect.ts';

export const php: readonly Detector[] = [detector];
