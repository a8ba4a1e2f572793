require 'checks'

RSpec.describe Sums do
  it 'adds' do
    Checks.same(Sums.add(2, 3), 5)
  end
end
