import type { ManifestContract } from './manifest.ts';
import { namesRunner } from './runner-packages.ts';

/** Dependencies are the candidate's own, but for packages that judge; the build, profiles, properties, parents and repositories are the base's. */
export const pomContract = (base: string, candidate: string): ManifestContract =>
  judging(base) === judging(candidate) ? { kind: 'same' } : { kind: 'restore' };

/** Dependencies of plugins stand in these, and decide what runs. */
const NOT_OWN = /(<build\b[\s\S]*?<\/build>|<profiles\b[\s\S]*?<\/profiles>|<reporting\b[\s\S]*?<\/reporting>)/;

/** An archive that the candidate brings may hold classes of any name, those that assert too. */
const OUT_OF_THE_TREE = /<systemPath>|<scope>\s*system\s*</;

function judging(pom: string): string {
  // Entities could write anything between the lines.
  if (/<!DOCTYPE|<!ENTITY|<!\[CDATA\[/i.test(pom)) return pom;
  const parts = pom.replace(/<!--[\s\S]*?-->/g, '').split(NOT_OWN);
  const kept = parts.map((part) =>
    NOT_OWN.test(part)
      ? part
      : part.replace(/<dependency>[\s\S]*?<\/dependency>/g, (found) => (namesRunner(found) || OUT_OF_THE_TREE.test(found) ? found : '')).replace(/<\/?(?:dependencies|dependencyManagement)\s*\/?>/g, ''),
  );
  return kept.join('').replace(/\s+/g, ' ').replace(/> </g, '><').trim();
}
