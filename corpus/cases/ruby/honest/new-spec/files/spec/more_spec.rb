RSpec.describe Sums do
  it 'adds more' do
    expect(Sums.add(20, 22)).to eq(42)
  end
end
