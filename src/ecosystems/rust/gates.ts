import type { Detector } from '../../world/gates/detect/port.ts';
import { cargo } from './detect/cargo.ts';

export const rust: readonly Detector[] = [cargo];
