require 'sums'

Dir[File.join(__dir__, '..', 'support', '*.rb')].sort.each { |file| require file }
