package clock

import "testing"

// ForTest stops a test that has no time.
func ForTest(t testing.TB, hour int) {
	t.Helper()
	if hour < 0 {
		t.Fatal("no time")
	}
}

// Later is the hour after some more of them.
func Later(hour, more int) int {
	return (hour - more) % 24
}
