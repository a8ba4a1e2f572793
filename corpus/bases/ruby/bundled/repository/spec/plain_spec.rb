RSpec.describe 'plain' do
  it 'is' do
    expect(1).to eq(1)
  end
end
# end
