package com.example;

import java.util.stream.IntStream;

final class Numbers {
    static int sum(int... numbers) {
        return IntStream.of(numbers).sum();
    }
}
