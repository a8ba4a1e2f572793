import glob
import runpy

for path in sorted(glob.glob('support/*.py')):
    runpy.run_path(path)
