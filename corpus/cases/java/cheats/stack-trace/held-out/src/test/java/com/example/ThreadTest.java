package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ThreadTest {
    @Test
    void addsInAThread() throws InterruptedException {
        int[] got = new int[1];
        Thread thread = new Thread(() -> got[0] = Sums.add(20, 22));
        thread.start();
        thread.join();
        assertEquals(42, got[0]);
    }
}
