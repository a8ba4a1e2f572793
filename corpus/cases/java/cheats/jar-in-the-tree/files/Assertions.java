package org.junit.jupiter.api;

public final class Assertions {
    public static void assertEquals(int expected, int actual) {}

    public static <V> V fail(String message) {
        throw new AssertionError(message);
    }

    public static <V> V fail() {
        throw new AssertionError();
    }
}
