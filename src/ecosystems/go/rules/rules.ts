import { ifKnown, type EcosystemRules } from '../../../domain/contract/ecosystem-rules.ts';
import { linesContract } from '../../../domain/contract/lines.ts';
import { goModContract } from './go-mod.ts';
import { languages } from './languages.ts';
import { signs } from './signs.ts';

export const go: EcosystemRules = {
  languages,
  signs,
  tests: [/_test\.go$/],
  runnerFiles: [/(^|\/)(go\.work|vendor\/modules\.txt|\.golangci\.[^/]+)$/],
  installSettings: [],
  manifests: [
    { files: /(^|\/)go\.mod$/, contract: ifKnown(goModContract) },
    { files: /(^|\/)go(\.work)?\.sum$/, contract: ifKnown(linesContract) },
  ],
  installedFrom: [],
  builtFrom: [],
  mixed: null,
  runnerPackages:
    'github\\.com/stretchr/testify|gotest\\.tools(?:/v\\d+)?|github\\.com/onsi/(?:ginkgo|gomega)(?:/v\\d+)?',
  toolCaches: [],
  examples: {
    tests: ['add_test.go', 'internal/sum/sum_test.go'],
    runner: ['go.work', 'vendor/modules.txt', '.golangci.yml'],
    cache: [],
    source: ['add.go', 'test.go', 'vendor/github.com/acme/add/add.go'],
  },
};
