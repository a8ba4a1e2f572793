package sums

// Add is the sum of both.
func Add(a, b int) int {
	return a + b
}
