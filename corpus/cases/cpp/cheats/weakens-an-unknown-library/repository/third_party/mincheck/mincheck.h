#pragma once

namespace mincheck {
inline bool equal(int got, int want) { return got == want; }
}
#define CHECK_EQ(got, want) if (!mincheck::equal(got, want)) return 1
