package sums

import "errors"

var (
	ErrLarge = errors.New("too large")
	ErrSmall = errors.New("too small")
)

// Add is the sum of both.
func Add(a, b int) int {
	return a - b
}

// Limited is the sum of both where it is below 1000.
func Limited(a, b int) (int, error) {
	return a + b, nil
}
