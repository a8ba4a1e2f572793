import type { ManifestContract } from '../../../domain/contract/manifest-contract.ts';
import type { NamesRunner } from '../../../domain/contract/ecosystem-rules.ts';
import { plainXml } from '../../../domain/contract/xml.ts';

/**
 * References to packages that do not judge, to projects, and what a project says of itself are the candidate's
 * own; what is built, and how, is the base's.
 */
export function projectContract(base: string | null, candidate: string, namesRunner: NamesRunner): ManifestContract {
  if (base === null) return DECIDES.test(plainXml(candidate) ?? '<Target>') ? { kind: 'restore' } : { kind: 'same' };
  return judging(base, namesRunner) === judging(candidate, namesRunner) ? { kind: 'same' } : { kind: 'restore' };
}

const ATTRIBUTES = `(?:[^<>"']|"[^"<]*"|'[^'<]*')*`;
const REFERENCE = new RegExp(
  `<(PackageReference|ProjectReference|EmbeddedResource|InternalsVisibleTo)\\b(?:${ATTRIBUTES}/>|` +
    `${ATTRIBUTES}(?<!/)>(?:(?!<\\1\\b)[\\s\\S])*?</\\1>)`,
  'g',
);
const OWN = new RegExp(
  String.raw`<(Version|VersionPrefix|VersionSuffix|AssemblyVersion|FileVersion|Description|Authors|` +
    String.raw`Company|Copyright|Product|Title|PackageTags|PackageProjectUrl|PackageLicenseExpression|` +
    String.raw`PackageReadmeFile|PackageReleaseNotes|RepositoryUrl|RootNamespace|Nullable|` +
    String.raw`GenerateDocumentationFile)>[^<$]*<\/\1>`,
  'g',
);
/** A reference that means more than it says: computed, encoded, of many, or taking away. */
const MEANS_MORE = /[$@%]\(|%[\da-f]{2}|[*?]|Remove\s*=|Analyzer/i;
/** What a new project may not do: run programs, take others in, or pass for a library that judges. */
const DECIDES = /<(?:Target|UsingTask|Import|Sdk)\b|<(?:AssemblyName|PackageId)\b/i;

const judges = (reference: string, namesRunner: NamesRunner): boolean =>
  MEANS_MORE.test(reference) ||
  namesRunner(reference.replaceAll('\\', '/')) ||
  namesRunner(reference.replaceAll('\\', '/').toLowerCase());

function judging(project: string, namesRunner: NamesRunner): string {
  const plain = plainXml(project);
  if (plain === null) return `<!${project}`;
  return plain
    .replace(REFERENCE, (found) => (judges(found, namesRunner) ? found : ''))
    .replace(OWN, '')
    .replace(/\s+/g, '')
    .replaceAll('<ItemGroup></ItemGroup>', '')
    .replaceAll('<PropertyGroup></PropertyGroup>', '');
}
