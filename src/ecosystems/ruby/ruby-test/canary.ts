import { numbers, snakeCase } from '../../../world/gates/canary/names.ts';
import { ordered, type CanaryMaker } from '../../../world/gates/canary/port.ts';

const TEST_FILE = /(?:^|\/)(?:(?:test|spec)_[^/]+|[^/]+_(?:test|spec))\.rb$/;
const TEST_UNIT = /\bTest::Unit::TestCase\b/;
const MINITEST = /\bMinitest::|\bActiveSupport::TestCase\b|^\s*(?:describe|context)\b|minitest\//m;

export const rubyTestCanary: CanaryMaker = {
  style: snakeCase,
  tests: 3,
  candidates: (paths) =>
    ordered(paths.filter((path) => TEST_FILE.test(path) && /(?:^|\/)(?:tests?|spec)\//.test(path))),
  filters: new RegExp(
    String.raw`^(?:-[nxei].*|--(?:name|exclude|include|ignore-name|testcase|ignore-testcase|fail-fast|` +
      String.raw`stop-on-failure)(?:=.*|$)|(?:TESTOPTS|TEST|N|X)=.*|.*\.rb:\d+)$`,
  ),
  plant(path, content, [asserts, raises, states]) {
    if (/^__END__$/m.test(content)) return null;
    const minitest = MINITEST.test(content) ? 'Minitest::Test' : null;
    const parent = TEST_UNIT.test(content) ? 'Test::Unit::TestCase' : minitest;
    if (parent === null) return null;
    const [a, b] = numbers(asserts);
    // A class that is named twice is one class: each file has its own.
    const type = `${asserts}_${path.replace(/\.rb$/, '')}`
      .split(/[^0-9a-zA-Z]+/)
      .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
      .join('');
    return `${content}
class ${type} < ${parent}
  def ${asserts}
    assert_equal ${b}, ${a}
  end

  def ${raises}
    raise '${a} is not ${b}'
  end

  def ${states}
    flunk '${a} is not ${b}'
  end
end
`;
  },
};
