package com.example.words;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void putsASpaceBetween() {
        assertEquals("a b", Words.both("a", "b"));
    }
}
