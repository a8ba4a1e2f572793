package text

import "strings"

// Joined puts a space between the parts.
func Joined(parts ...string) string {
	return strings.Join(parts, " ")
}
