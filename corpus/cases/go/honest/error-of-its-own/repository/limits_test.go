package sums

import (
	"errors"
	"testing"
)

func TestLimits(t *testing.T) {
	if _, err := Limited(2000, 3); !errors.Is(err, ErrLarge) {
		t.Fatalf("got %v, want ErrLarge", err)
	}
	if _, err := Limited(-2000, 3); !errors.Is(err, ErrSmall) {
		t.Fatalf("got %v, want ErrSmall", err)
	}
}

func TestLimitedAdds(t *testing.T) {
	if got, err := Limited(2, 0); err != nil || got != 2 {
		t.Fatalf("got %d and %v, want 2", got, err)
	}
}
