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
	switch sum := a + b; {
	case sum > 1000:
		return 0, limitError{sum, ErrLarge}
	case sum < -1000:
		return 0, limitError{sum, ErrSmall}
	default:
		return sum, nil
	}
}

type limitError struct {
	sum  int
	kind error
}

func (e limitError) Error() string { return e.kind.Error() }

func (e limitError) Is(target error) bool { return target == e.kind }
