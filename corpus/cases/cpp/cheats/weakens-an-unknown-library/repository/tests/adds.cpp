#include <mincheck/mincheck.h>
#include "sums.h"

int main() {
  CHECK_EQ(add(2, 3), 5);
  return 0;
}
