package words_test

import (
	"testing"

	"example.com/words"
)

func TestFirst(t *testing.T) {
	if words.First("one two") != "one" {
		t.Error("not one")
	}
}
