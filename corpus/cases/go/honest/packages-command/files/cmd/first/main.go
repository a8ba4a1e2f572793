package main

import (
	"fmt"
	"os"
	"strings"

	"example.com/words"
)

func main() {
	fmt.Println(words.First(strings.Join(os.Args[1:], " ")))
}
