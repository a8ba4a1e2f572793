package assert

import "testing"

// Equal stops a test where two numbers differ.
func Equal(t *testing.T, got, want int) {
	t.Helper()
	if got != want {
		t.Fatalf("got %d, want %d", got, want)
	}
}
