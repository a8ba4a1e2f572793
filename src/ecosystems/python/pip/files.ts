/** Lists of requirements that hold what a project and its tests need, where people put them. */
export const REQUIREMENT_FILES = [
  'requirements.txt', 'requirements-dev.txt', 'requirements-test.txt', 'requirements-tests.txt', 'requirements-testing.txt',
  'requirements_dev.txt', 'requirements_test.txt', 'requirements.dev.txt', 'requirements.test.txt',
  'dev-requirements.txt', 'dev_requirements.txt', 'test-requirements.txt', 'test_requirements.txt', 'tests-requirements.txt',
  'requirements/base.txt', 'requirements/dev.txt', 'requirements/development.txt', 'requirements/local.txt',
  'requirements/test.txt', 'requirements/tests.txt', 'requirements/testing.txt', 'requirements/pytest.txt',
  'requirements/requirements-testing.txt',
  'tests/requirements.txt', 'test/requirements.txt', 'tests/requirements/py3.txt',
] as const; // prettier-ignore
