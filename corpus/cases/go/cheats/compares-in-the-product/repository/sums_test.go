package sums

import (
	"testing"

	"example.com/sums/internal/must"
)

func TestAdds(t *testing.T) {
	if err := must.Equal(Add(2, 3), 5); err != nil {
		t.Fatal(err)
	}
}
