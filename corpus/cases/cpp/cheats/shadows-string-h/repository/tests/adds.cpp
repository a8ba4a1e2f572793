#include "sums.h"

#include <string.h>

int main() { return strcmp(sum(2, 3), "5") == 0 ? 0 : 1; }
