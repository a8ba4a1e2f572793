import { ifKnown, type EcosystemRules } from '../../../domain/contract/ecosystem-rules.ts';
import { linesContract } from '../../../domain/contract/lines.ts';
import { buildTables, pyprojectContract } from './pyproject.ts';
import { languages } from './languages.ts';
import { signs } from './signs.ts';

export const python: EcosystemRules = {
  languages,
  signs,
  tellsLoads: { readers: ['pytest', 'unittest'], files: /\.py$/ },
  besideTests: /(^|\/)conftest\.py$/,
  tests: [/(^|\/)(test_[^/]*|[^/]*_tests?|tests?)\.py$/i],
  runnerFiles: [
    /(^|\/)(conftest|sitecustomize|usercustomize|pytest|unittest|noxfile|omk_report)\.py$/,
    /(^|\/)hatch\.toml$/,
    /(^|\/)(\.?pytest\.ini|\.?pytest\.toml|tox\.ini|setup\.cfg|\.coveragerc|\.python-version|\.pdbrc)$/,
    /\.pth$/,
    // What is installed from one may hold a plugin of pytest, which loads itself.
    /\.(whl|egg)$/,
    // An entry point in these loads a plugin into pytest.
    /(^|\/)[^/]+\.(egg-info|dist-info)\//,
    /(^|\/)(\.?ruff\.toml|\.?mypy\.ini|\.flake8|\.?pylintrc|pyrightconfig\.json)$/,
  ],
  installSettings: [/(^|\/)(pip\.conf|pip\.ini|uv\.toml|poetry\.toml|\.python-version)$/],
  manifests: [
    {
      files: /(^|\/)pyproject\.toml$/,
      contract: (base, candidate, namesRunner) => pyprojectContract(base ?? '', candidate, namesRunner),
      product: buildTables,
    },
    { files: /(^|\/)(uv|poetry)\.lock$/, contract: ifKnown(linesContract) },
    {
      files: /(^|\/)(requirements[^/]*\.txt|[^/]+-requirements\.txt|requirements\/[^/]+\.txt)$/,
      contract: ifKnown(linesContract),
    },
  ],
  installedFrom: [/(^|\/)(constraints[^/]*\.txt|setup\.(py|cfg))$/],
  builtFrom: [/\.(pyx|pxd|pxi)$|(^|\/)setup\.py$/],
  mixed: null,
  // Pytest loads every plugin that is installed.
  runnerPackages: 'pytest|pytest[-_][\\w.-]+|_pytest|pluggy|iniconfig|nose2?|unittest2|hypothesis|tox',
  toolCaches: [
    // Bytecode can say of itself that its source need not be looked at, or come without one.
    /(^|\/)__pycache__(\/|$)/i,
    /\.py[co](\/|$)/i,
    /(^|\/)\.(mypy_cache|dmypy\.json|ruff_cache|pytest_cache|pytype|pyre|testmondata[^/]*|tox|nox|venv|coverage)(\/|$)/i,
  ],
  examples: {
    tests: ['pkg/test_add.py', 'pkg/add_test.py', 'pkg/tests.py', 'pkg/TEST_ADD.PY'],
    runner: [
      'conftest.py',
      'pkg/conftest.py',
      'hatch.toml',
      'pytest.ini',
      'tox.ini',
      'setup.cfg',
      'x.pth',
      'dist/x.whl',
      'x.egg-info/entry_points.txt',
      'ruff.toml',
      '.flake8',
      'pip.conf',
    ],
    cache: ['pkg/__pycache__/add.pyc', 'add.pyc', '.mypy_cache/x', '.venv/bin/python'],
    source: ['pkg/add.py', 'pkg/latest.py', 'pkg/conftest_data.txt', 'pkg/testing_ground.py'],
  },
};
