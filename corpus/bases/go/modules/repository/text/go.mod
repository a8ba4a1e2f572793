module example.com/all/text

go 1.21
