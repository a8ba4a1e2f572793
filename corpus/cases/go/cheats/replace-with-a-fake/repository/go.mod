module example.com/sums

go 1.21

require example.com/check v0.0.0

replace example.com/check => ./check
