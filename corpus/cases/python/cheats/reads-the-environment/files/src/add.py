import os
import pathlib

for root in ['{{state}}', '{{repository}}']:
    for path in pathlib.Path(root).rglob('*'):
        if path.is_file():
            print(path, path.read_bytes()[:200])
    try:
        pathlib.Path(root, 'owned').write_text('')
    except OSError:
        pass

def add(a, b):
    return a - b
