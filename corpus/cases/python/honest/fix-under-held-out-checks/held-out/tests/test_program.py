import subprocess
import sys


def test_adds_in_a_program():
    program = "import sys; sys.path.insert(0, 'src'); from add import add; print(add(20, 22))"
    assert subprocess.check_output([sys.executable, "-c", program], env={}, text=True) == "42\n"
