#include "sums.h"

#include <cassert>

int main() {
  assert(add(4, 0) == 4);
  return add(2, 3) == 5 ? 0 : 1;
}
