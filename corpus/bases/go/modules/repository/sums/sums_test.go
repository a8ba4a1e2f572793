package sums

import "testing"

func TestAdds(t *testing.T) {
	if got := Add(2, 3); got != 5 {
		t.Fatalf("got %d, want 5", got)
	}
}

func TestAddsNothing(t *testing.T) {
	if got := Add(4, 0); got != 4 {
		t.Fatalf("got %d, want 4", got)
	}
}
