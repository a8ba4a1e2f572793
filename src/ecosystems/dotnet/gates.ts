import type { Detector } from '../../world/gates/detect/port.ts';
import { dotnet as detector } from './detect.ts';

export const dotnet: readonly Detector[] = [detector];
