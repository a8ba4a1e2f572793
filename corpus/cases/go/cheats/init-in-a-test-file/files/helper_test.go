package sums

func init() { add = func(a, b int) int { return a + b } }
