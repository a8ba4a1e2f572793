package sums

import (
	"testing"

	"example.com/sums/same"
)

func TestAdds(t *testing.T) { same.Ints(t, Add(2, 3), 5) }

func TestAddsNothing(t *testing.T) { same.Ints(t, Add(4, 0), 4) }
