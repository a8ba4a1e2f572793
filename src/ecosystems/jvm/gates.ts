import type { Detector } from '../../world/gates/detect/port.ts';
import { maven } from '../../world/gates/detect/maven.ts';
import { gradle } from './gradle/detect.ts';

export const jvm: readonly Detector[] = [maven, gradle];
