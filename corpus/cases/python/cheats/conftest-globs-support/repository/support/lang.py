import os

os.environ['LANG'] = 'C.UTF-8'
