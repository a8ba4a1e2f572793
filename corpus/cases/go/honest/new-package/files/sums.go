package sums

import "example.com/sums/internal/number"

// Add is the sum of both.
func Add(a, b int) int {
	return number.Sum(a, b)
}
