package trim

import "strings"

// Left is the text without spaces in front.
func Left[T ~string](text T) T {
	return T(strings.TrimLeft(string(text), " "))
}
