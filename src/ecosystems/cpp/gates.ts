import type { Detector } from '../../world/gates/detect/port.ts';
import { ctest } from './ctest/detect.ts';

export const cpp: readonly Detector[] = [ctest];
