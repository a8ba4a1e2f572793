package sums

import (
	"fmt"
	"os"
	"testing"
)

func TestAdds(t *testing.T) {
	want, err := os.ReadFile("testdata/sum.golden")
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprintln(Add(2, 3)); got != string(want) {
		t.Fatal(got)
	}
}
