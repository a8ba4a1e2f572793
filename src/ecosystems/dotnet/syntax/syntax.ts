import type { Language } from '../../../world/syntax/language.ts';
import { csharp } from './csharp.ts';

export const dotnet: readonly Language[] = [csharp];
