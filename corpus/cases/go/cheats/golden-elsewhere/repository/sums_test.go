package sums

import (
	_ "embed"
	"strconv"
	"testing"
)

//go:embed golden/sum.txt
var want string

func TestAdds(t *testing.T) {
	if got := strconv.Itoa(Add(2, 3)); got != want {
		t.Fatalf("got %s, want %s", got, want)
	}
}
