import { ifKnown, type EcosystemRules } from '../../../domain/contract/ecosystem-rules.ts';
import { linesContract } from '../../../domain/contract/lines.ts';
import { projectContract } from './msbuild.ts';
import { languages } from './languages.ts';

export const dotnet: EcosystemRules = {
  languages,
  tests: [
    /(^|\/)([^/]*Tests?|Test[A-Z][^/]*|[^/]*TestCase|[^/]*[a-z]IT)\.cs$/,
    /(^|\/)[\w.-]*\.(Unit|Integration|Functional|Acceptance|EndToEnd|E2E)?Tests?\//,
  ],
  runnerFiles: [
    /^[^/]+\.props$|(^|\/)(build|eng|msbuild)\/.*\.props$|(^|\/)Directory\.[^/]+\.props$|\.(targets|rsp)$|\.(cs|fs|vb)proj\.user$/i,
    /(^|\/)(global\.json|nuget\.config|xunit\.runner\.json|[^/]*\.runsettings)$/i,
  ],
  installSettings: [],
  manifests: [
    { files: /\.(cs|fs|vb)proj$/, contract: projectContract, isTestAmongTests: true },
    { files: /(^|\/)packages\.lock\.json$/, contract: ifKnown(linesContract) },
  ],
  installedFrom: [],
  builtFrom: [],
  mixed: null,
  runnerPackages:
    'xunit[\\w.]*|NUnit[\\w.]*|nunit[\\w.]*|MSTest[\\w.]*|Microsoft\\.NET\\.Test\\.Sdk|' +
    'FluentAssertions[\\w.]*|Shouldly|Moq|NSubstitute|FakeItEasy|coverlet[\\w.]*',
  toolCaches: [
    /(^|\/)(bin|obj)\/(Debug|Release)(\/|$)/,
    // Settings that MSBuild takes in because they lie there, too.
    /(^|\/)obj\/([^/]+\.(cs|fs|vb)proj\.[^/]+|project\.(assets\.json|nuget\.cache))(\/|$)/i,
  ],
  examples: {
    tests: ['src/AddTests.cs', 'src/TestHelper.cs', 'Calc.Tests/Add.cs', 'Calc.UnitTests/Data.json'],
    runner: [
      'a.props',
      'eng/versions.props',
      'src/Directory.Build.props',
      'src/calc.targets',
      'Calc.csproj.user',
      'global.json',
      'NuGet.config',
      'ci.runsettings',
    ],
    cache: ['Calc/bin/Debug/Calc.dll', 'Calc/obj/project.assets.json', 'Calc/obj/Calc.csproj.nuget.g.props'],
    source: ['src/Add.cs', 'src/Contest.cs', 'src/defaults.props.json'],
  },
};
