package calc

import "testing"

func TestAdd(t *testing.T) {
	if Add(2, 2) != 4 {
		panic("2+2")
	}
}

func TestZero(t *testing.T) {
	if Add(0, 0) != 0 {
		panic("0")
	}
}
