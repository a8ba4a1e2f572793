// Package must compares.
package must

import "fmt"

// Equal says what differs.
func Equal(got, want int) error {
	if got != want {
		return fmt.Errorf("got %d, want %d", got, want)
	}
	return nil
}
