package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OthersTest {
    @Test
    void addsOthers() {
        assertEquals(42, Sums.add(20, 22));
    }
}
