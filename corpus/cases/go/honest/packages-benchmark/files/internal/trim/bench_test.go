package trim

import "testing"

func BenchmarkLeft(b *testing.B) {
	for i := 0; i < b.N; i++ {
		Left("   a")
	}
}
