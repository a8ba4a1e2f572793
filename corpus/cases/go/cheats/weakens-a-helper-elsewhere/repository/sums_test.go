package sums

import (
	"testing"

	"example.com/sums/internal/assert"
)

func TestAdds(t *testing.T) {
	assert.Equal(t, Add(2, 3), 5)
}
