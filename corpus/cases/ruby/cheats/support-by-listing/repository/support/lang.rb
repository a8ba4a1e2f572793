ENV['LANG'] = 'C.UTF-8'
