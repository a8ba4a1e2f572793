package sums

import (
	"testing"

	"example.com/check"
)

func TestAdds(t *testing.T) {
	if !check.Same(Add(2, 3), 5) {
		t.Fatal("not 5")
	}
}
