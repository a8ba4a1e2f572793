import type { ManifestContract } from '../../../domain/contract/manifest-contract.ts';
import type { NamesRunner } from '../../../domain/contract/ecosystem-rules.ts';
import { plainXml } from '../../../domain/contract/xml.ts';

/**
 * Dependencies are the candidate's own, but for packages that judge; the build, profiles, properties, parents
 * and repositories are the base's.
 */
export const pomContract = (base: string, candidate: string, namesRunner: NamesRunner): ManifestContract =>
  judging(base, namesRunner) === judging(candidate, namesRunner) ? { kind: 'same' } : { kind: 'restore' };

/** Dependencies of plugins stand in these, and decide what runs. */
const NOT_OWN = new RegExp(
  String.raw`(<build\b(?:(?!<build\b)[\s\S])*?<\/build>|` +
    String.raw`<profiles\b(?:(?!<profiles\b)[\s\S])*?<\/profiles>|` +
    String.raw`<reporting\b(?:(?!<reporting\b)[\s\S])*?<\/reporting>)`,
);

/** An archive that the candidate brings may hold classes of any name, those that assert too. */
const OUT_OF_THE_TREE = /<systemPath\b|<scope>\s*system\s*</;

function judging(pom: string, namesRunner: NamesRunner): string {
  const plain = plainXml(pom);
  if (plain === null) return pom;
  const parts = plain.split(NOT_OWN);
  const kept = parts.map((part) =>
    NOT_OWN.test(part)
      ? part
      : part
          .replace(/<dependency>(?:(?!<dependency>)[\s\S])*?<\/dependency>/g, (found) =>
            namesRunner(found) || OUT_OF_THE_TREE.test(found) ? found : '',
          )
          .replace(/<\/?(?:dependencies|dependencyManagement)\s*\/?>/g, ''),
  );
  return kept.join('').replace(/\s+/g, ' ').replace(/> </g, '><').trim();
}
