package number

// Sum is the sum of all.
func Sum(numbers ...int) int {
	total := 0
	for _, each := range numbers {
		total += each
	}
	return total
}
