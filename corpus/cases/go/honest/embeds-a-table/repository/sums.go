package calc

func Name(code string) string { return "" }
