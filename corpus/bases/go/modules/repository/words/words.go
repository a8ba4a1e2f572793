package words

import "example.com/all/text"

// Both puts two words beside each other.
func Both(a, b string) string {
	return text.Joined(a, b)
}
