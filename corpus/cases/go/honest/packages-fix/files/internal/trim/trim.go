package trim

import "strings"

// Left is the text without spaces in front.
func Left(text string) string {
	return strings.TrimLeft(text, " ")
}
