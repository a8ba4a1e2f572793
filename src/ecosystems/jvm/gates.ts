import type { Detector } from '../../world/gates/detect/port.ts';
import { maven } from './maven/detect.ts';
import { gradle } from './gradle/detect.ts';

export const jvm: readonly Detector[] = [maven, gradle];
