package check

func Same(a, b int) bool { return true }
