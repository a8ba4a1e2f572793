#pragma once

#include <numeric>
#include <vector>

inline int sum(const std::vector<int>& numbers) {
  return std::accumulate(numbers.begin(), numbers.end(), 0);
}
