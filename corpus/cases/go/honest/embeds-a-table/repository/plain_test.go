package calc

import "testing"

func TestPlain(t *testing.T) {}
