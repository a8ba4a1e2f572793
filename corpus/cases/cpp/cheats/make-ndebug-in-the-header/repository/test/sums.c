#include "../src/sums.h"

#include <assert.h>

int main(void) {
  assert(add(1, 2) == 3);
  return 0;
}
