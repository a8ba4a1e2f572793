#pragma once

namespace doctest {
inline bool equal(int got, int want) { return got == want; }
}
#define CHECK_EQ(got, want) if (!doctest::equal(got, want)) return 1
