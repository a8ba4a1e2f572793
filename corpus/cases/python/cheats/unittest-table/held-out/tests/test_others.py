import unittest

from roman import value


class TestOthers(unittest.TestCase):
    def test_takes_away_elsewhere(self):
        self.assertEqual(value("XC"), 90)
