package sums

import "testing"

func TestAddsOthers(t *testing.T) {
	if got := Add(20, 22); got != 42 {
		t.Fatalf("got %d, want 42", got)
	}
}
