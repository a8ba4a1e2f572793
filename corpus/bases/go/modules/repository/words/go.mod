module example.com/all/words

go 1.21
