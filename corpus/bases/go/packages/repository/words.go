package words

import "example.com/words/internal/trim"

// First is the first word of a text.
func First(text string) string {
	for i, r := range trim.Left(text) {
		if r == ' ' {
			return trim.Left(text)[:i]
		}
	}
	return trim.Left(text)
}
