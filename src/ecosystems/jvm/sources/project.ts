import type { ProjectRules } from '../../../domain/project/project-rules.ts';

export const jvm: ProjectRules = {
  manifests: [/^(?:pom\.xml|(?:build|settings)\.gradle(?:\.kts)?)$/],
  lockFiles: [],
  reach: {
    findsRoot: [
      new RegExp(
        String.raw`maven\.multiModuleProjectDirectory|(?:user\.dir|"basedir"|toAbsolutePath|getAbsoluteFile|` +
          String.raw`Path\.of\(""\)|Paths\.get\(""\))(?=[\s\S]*getParent)|(?:Path\.of|Paths\.get|` +
          String.raw`File)\(\s*"\.\.`,
      ),
    ],
    forAll: ['.mvn'],
    used: (path, text) => (path === 'pom.xml' ? pathsIn(text) : text),
  },
};

/** What Maven names that is a path, without the modules that it builds. */
const pathsIn = (pom: string): string =>
  pom
    .replace(/<modules>[\s\S]*?<\/modules>|<!--[\s\S]*?-->|<[^>]*>/g, ' ')
    .split(/\s+/)
    .filter((word) => /[/\\]/.test(word) && !word.includes('://'))
    .join('\n');
