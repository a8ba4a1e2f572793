#include <stdio.h>
#include <stdlib.h>

int add(int a, int b);

int main(int count, char **words) {
  if (count != 3) {
    fprintf(stderr, "usage: sums A B\n");
    return 2;
  }
  printf("%d\n", add(atoi(words[1]), atoi(words[2])));
  return 0;
}
