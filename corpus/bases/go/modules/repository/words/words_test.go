package words

import "testing"

func TestPutsASpaceBetween(t *testing.T) {
	if got := Both("a", "b"); got != "a b" {
		t.Fatalf("got %q", got)
	}
}
