package sums

import "testing"

func TestAddsMore(t *testing.T) {
	if Add(20, 22) != 42 {
		t.Error("not 42")
	}
}
