import { ifKnown, type EcosystemRules } from '../../../domain/contract/ecosystem-rules.ts';
import { gemfileContract, gemLockContract, gemspecContract } from './gemfile.ts';
import { languages } from './languages.ts';
import { signs } from './signs.ts';

export const ruby: EcosystemRules = {
  languages,
  signs,
  tellsLoads: { readers: ['rspec', 'ruby-test'], files: /\.rb$/ },
  tests: [/(^|\/)[^/]*_(spec|test)\.rb$/],
  runnerFiles: [
    /(^|\/)\.bundle\/|\.rake$|(^|\/)bin\/(rspec|rake|bundle)$/,
    /(^|\/)(\.rspec(-local)?|[Rr]akefile(\.rb)?|\.rubocop[^/]*\.yml|\.ruby-version|spec_helper\.rb|rails_helper\.rb)$/,
  ],
  installSettings: [],
  manifests: [
    {
      files: /(^|\/)(Gemfile|gems\.rb)$/,
      contract: (base, candidate, namesRunner) =>
        base === null ? { kind: 'restore' } : gemfileContract(base, candidate, namesRunner),
    },
    { files: /(^|\/)(Gemfile\.lock|gems\.locked)$/, contract: ifKnown(gemLockContract) },
    { files: /\.gemspec$/, contract: ifKnown(gemspecContract) },
  ],
  installedFrom: [],
  builtFrom: [],
  mixed: null,
  runnerPackages: 'rspec|rspec-[\\w-]+|minitest|minitest-[\\w-]+|test-unit|shoulda[\\w-]*',
  toolCaches: [/(^|\/)\.rspec_status(\/|$)/i],
  examples: {
    tests: ['spec/add_spec.rb', 'lib/add_spec.rb', 'lib/add_test.rb'],
    runner: [
      '.bundle/config',
      'lib/tasks/test.rake',
      'bin/rspec',
      '.rspec',
      'Rakefile',
      '.rubocop.yml',
      'spec_helper.rb',
    ],
    cache: ['.rspec_status'],
    source: ['lib/add.rb', 'lib/specification.rb', 'bin/add', 'lib/rspecial.rb'],
  },
};
