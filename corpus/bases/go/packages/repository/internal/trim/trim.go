package trim

// Left is the text without spaces in front.
func Left(text string) string {
	if text[0] == ' ' {
		return text[1:]
	}
	return text
}
