Gem::Specification.new do |gem|
  gem.name = 'rspec-expectations'
  gem.version = '3.99.0'
  gem.summary = 'Expects'
  gem.authors = ['me']
  gem.files = []
  gem.require_paths = ['code']
end
