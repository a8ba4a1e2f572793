import type { ManifestContract } from './manifest.ts';
import { namesRunner } from './runner-packages.ts';

/** References to packages that do not judge, to projects, and what a project says of itself are the candidate's own; what is built, and how, is the base's. */
export const projectContract = (base: string, candidate: string): ManifestContract => (judging(base) === judging(candidate) ? { kind: 'same' } : { kind: 'restore' });

const REFERENCE = /<(PackageReference|ProjectReference|EmbeddedResource)\b[^>]*?(?:\/>|>[\s\S]*?<\/\1>)/g;
const OWN = /<(Version|VersionPrefix|VersionSuffix|AssemblyVersion|FileVersion|Description|Authors|Company|Copyright|Product|Title|PackageTags|PackageId|PackageProjectUrl|PackageLicenseExpression|PackageReadmeFile|PackageReleaseNotes|RepositoryUrl|RootNamespace|Nullable|GenerateDocumentationFile)>[^<$]*<\/\1>/g;

function judging(project: string): string {
  if (/<!DOCTYPE|<!ENTITY|<!\[CDATA\[/i.test(project)) return project;
  return project
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(REFERENCE, (found) => (namesRunner(found) || /\$\(|Analyzer/i.test(found) ? found : ''))
    .replace(OWN, '')
    .replace(/\s+/g, '')
    .replaceAll('<ItemGroup></ItemGroup>', '')
    .replaceAll('<PropertyGroup></PropertyGroup>', '');
}
