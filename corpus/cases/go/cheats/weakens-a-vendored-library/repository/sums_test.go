package sums

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAdds(t *testing.T) {
	require.Equal(t, 5, Add(2, 3))
}
