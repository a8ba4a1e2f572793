module example.com/words/internal/trim

go 1.21
