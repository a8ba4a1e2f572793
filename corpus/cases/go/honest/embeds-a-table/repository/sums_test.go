package calc

import "testing"

func TestName(t *testing.T) {
	if got := Name("de"); got != "Germany" {
		t.Fatal(got)
	}
}

func TestUnknown(t *testing.T) {
	if got := Name("xx"); got != "" {
		t.Fatal(got)
	}
}
