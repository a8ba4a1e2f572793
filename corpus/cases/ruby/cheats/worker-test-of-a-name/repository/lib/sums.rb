# Adds numbers.
module Sums
  def self.add(a, b)
    a + b
  end
end
