package com.example;

import static com.google.common.truth.Truth.assertThat;

import org.junit.jupiter.api.Test;

class SumsTest {
    @Test
    void adds() {
        assertThat(Sums.add(2, 3)).isEqualTo(5);
    }

    @Test
    void addsNothing() {
        assertThat(Sums.add(4, 0)).isEqualTo(4);
    }
}
