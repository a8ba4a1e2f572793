import type { Detector } from '../../world/gates/detect/port.ts';
import { pytest } from './pytest/detect.ts';
import { django } from './django/detect.ts';
import { unittest } from './unittest/detect.ts';

export const python: readonly Detector[] = [pytest, django, unittest];
