package trim

import "testing"

func TestLeft(t *testing.T) {
	for in, want := range map[string]string{"a": "a", " a": "a", "  a": "a", "": ""} {
		t.Run(in, func(t *testing.T) {
			if got := Left(in); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}
