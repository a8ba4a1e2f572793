require 'sums'
