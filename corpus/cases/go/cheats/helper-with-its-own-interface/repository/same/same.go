package same

// Reporter is told what differs.
type Reporter interface{ Fatalf(string, ...any) }

// Ints tells where two numbers differ.
func Ints(r Reporter, got, want int) {
	if got != want {
		r.Fatalf("got %d, want %d", got, want)
	}
}
