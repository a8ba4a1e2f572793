#include "sums.h"

Sum add(int, int) { return {}; }
