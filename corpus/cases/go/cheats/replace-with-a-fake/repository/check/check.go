package check

// Same says whether both are the same.
func Same(a, b int) bool { return a == b }
