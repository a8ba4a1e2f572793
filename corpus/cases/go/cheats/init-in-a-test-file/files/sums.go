package sums

var add = func(a, b int) int { return a - b }

// Add is the sum of both.
func Add(a, b int) int { return add(a, b) }
