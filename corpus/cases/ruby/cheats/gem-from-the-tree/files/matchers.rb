require 'rspec/expectations'
