package sums

import (
	"testing"

	"example.com/sums/clock"
)

func TestLater(t *testing.T) {
	clock.ForTest(t, 23)
	if got := clock.Later(23, 2); got != 1 {
		t.Fatalf("got %d, want 1", got)
	}
}
