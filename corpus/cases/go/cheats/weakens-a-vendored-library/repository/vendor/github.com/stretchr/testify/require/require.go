// Package require stops a test where something is not as it must be.
package require

// Stops is what a test is to this package.
type Stops interface {
	Fatalf(format string, args ...any)
}

// Equal stops the test where the two differ.
func Equal(t Stops, want, got int) {
	if want != got {
		t.Fatalf("got %d, want %d", got, want)
	}
}
