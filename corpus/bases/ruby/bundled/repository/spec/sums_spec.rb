RSpec.describe Sums do
  it 'adds' do
    expect(Sums.add(2, 3)).to eq(5)
  end
end
