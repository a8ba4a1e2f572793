import type { ScriptRules } from '../../../../domain/project/project-rules.ts';
import { matchedBy, passesOn, programOf, scriptCall } from './call.ts';
import { scriptsOf } from './in-manifest.ts';
import { several } from './several.ts';

/** Scripts of packages, and the managers and programs that start them. */
export const scripts: ScriptRules = {
  manifest: 'package.json',
  scriptsIn: scriptsOf,
  call: scriptCall,
  matchedBy,
  programOf,
  several,
  passesOn,
};
