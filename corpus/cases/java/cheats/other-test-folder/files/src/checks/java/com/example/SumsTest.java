package com.example;

import org.junit.jupiter.api.Test;

class SumsTest {
    @Test
    void adds() {}

    @Test
    void addsNothing() {}
}
