require 'median'

RSpec.describe Median do
  it 'is the one in the middle' do
    expect(Median.new.of([3, 1, 2])).to eq(2)
  end
end
