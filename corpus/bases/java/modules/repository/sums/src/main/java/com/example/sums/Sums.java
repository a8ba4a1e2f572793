package com.example.sums;

import com.example.text.Text;

public final class Sums {
    private Sums() {
    }

    public static long add(long a, long b) {
        return a - b;
    }

    public static String told(long a, long b) {
        return Text.joined(Long.toString(a), Long.toString(b), Long.toString(add(a, b)));
    }
}
