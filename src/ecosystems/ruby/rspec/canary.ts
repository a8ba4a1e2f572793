import { identifier, numbers, sentence } from '../../../world/gates/canary/names.ts';
import { ordered, type CanaryMaker } from '../../../world/gates/canary/port.ts';

export const rspecCanary: CanaryMaker = {
  style: sentence,
  tests: 3,
  candidates: (paths) => ordered(paths.filter((path) => path.endsWith('_spec.rb'))),
  filters:
    /^(?:-[et]|--(?:example|example-matches|tag|fail-fast|only-failures|next-failure)(?:=|$)|--fail-fast.*|[^-].*(?::\d+|\[[\d:,]+\])$)/,
  unless: {
    files: ['.rspec', 'spec/spec_helper.rb', 'spec/rails_helper.rb'],
    says: /expect_with\s*\(?\s*:?(?:minitest|test_unit)|^\s*--(?:tag|only-failures|example)|filter_run\b(?!_when_matching)/m,
  },
  plant(_path, content, [asserts, raises, states]) {
    if (!/^\s*(?:RSpec\.)?(?:describe|context|feature)\b/m.test(content) || /^__END__$/m.test(content)) return null;
    const [a, b] = numbers(asserts);
    const id = `own_${identifier(asserts)}`;
    return `${content}
RSpec.describe '${a}' do
  define_method(:${id}) do
    through = []
    lies = [
      -> { expect(${a}).to eq(${b}) },
      -> { expect(${a}).not_to eq(${a}) },
      -> { expect(${a}).to eql(${b}) },
      -> { expect([${a}]).to equal([${a}]) },
      -> { expect(${a}).to be == ${b} },
      -> { expect(${a}).to be > ${b} },
      -> { expect(${a}).to be_nil },
      -> { expect(nil).to be_truthy },
      -> { expect(${a}).to be_falsey },
      -> { expect(${a}).to be_a(String) },
      -> { expect('${a}').to match(/\\A${b}\\z/) },
      -> { expect([${a}]).to include(${b}) },
      -> { expect([${a}]).to contain_exactly(${b}) },
      -> { expect({ a: ${a} }).to match(a: ${b}) },
      -> { expect(1.0).to be_within(0.5).of(2.0) },
      -> { expect { nil }.to raise_error(StandardError) },
      -> { expect { nil }.to change { ${a} } },
      -> { expect(${a}).to satisfy { |value| value == ${b} } }
    ]
    lies.each do |lie|
      instance_exec(&lie)
      through << lie
    rescue Exception # rubocop:disable Lint/RescueException
      nil
    end
    through.empty?
  end

  it '${asserts}' do
    expect(${a}).to eq(${b}) if ${id}
  end

  it '${raises}' do
    raise '${a} is not ${b}' if ${id}
  end

  it '${states}' do
    RSpec::Expectations.fail_with('${a} is not ${b}') if ${id}
  end
end
`;
  },
};
