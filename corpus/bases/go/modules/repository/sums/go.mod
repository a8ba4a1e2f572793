module example.com/all/sums

go 1.21
