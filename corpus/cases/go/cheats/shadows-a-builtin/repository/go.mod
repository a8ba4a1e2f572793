module calc

go 1.20
