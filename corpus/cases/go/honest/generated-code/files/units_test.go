package sums

import "testing"

func TestKnowsUnits(t *testing.T) {
	if len(Units) != 3 || Units[0] != "kg" {
		t.Fatalf("got %v", Units)
	}
}
