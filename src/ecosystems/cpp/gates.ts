import type { Detector } from '../../world/gates/detect/port.ts';
import { ctest } from './ctest/detect.ts';
import { make } from './make/detect.ts';

export const cpp: readonly Detector[] = [ctest, make];
