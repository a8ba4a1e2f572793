# Compares numbers.
module Checks
  def self.same(got, want)
    unless got == want
      raise "got #{got}, want #{want}"
    end
  end
end
