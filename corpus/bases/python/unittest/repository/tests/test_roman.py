import unittest

from roman import value


class TestRoman(unittest.TestCase):
    def test_adds(self):
        self.assertEqual(value("XVI"), 16)

    def test_takes_away(self):
        self.assertEqual(value("XIV"), 14)


if __name__ == "__main__":
    unittest.main()
