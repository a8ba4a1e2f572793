import type { Detector } from '../../world/gates/detect/port.ts';
import { cargo } from '../../world/gates/detect/cargo.ts';

export const rust: readonly Detector[] = [cargo];
