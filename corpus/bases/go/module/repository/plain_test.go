package sums

import "testing"

func TestPlain(t *testing.T) {}
// end
