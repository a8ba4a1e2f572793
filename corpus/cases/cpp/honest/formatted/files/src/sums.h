#pragma once

/// The sum of both.
[[nodiscard]] int add(int a, int b);
