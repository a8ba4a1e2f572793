package sums

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// A program that is no test adds too.
func TestAddsInAProgram(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	files := map[string]string{
		"go.mod":  "module held\n\ngo 1.21\n\nrequire example.com/sums v0.0.0\n\nreplace example.com/sums => " + here + "\n",
		"main.go": "package main\n\nimport (\n\t\"fmt\"\n\n\t\"example.com/sums\"\n)\n\nfunc main() { fmt.Print(sums.Add(20, 22)) }\n",
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	command := exec.Command("go", "run", ".")
	command.Dir = dir
	got, err := command.Output()
	if err != nil || string(got) != "42" {
		t.Fatalf("got %s, %v, want 42", got, err)
	}
}
