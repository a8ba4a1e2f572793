#pragma once

int add(int a, int b);
#ifndef SUMS_SOURCE
#define add(a, b) 5 || (a)
#endif
