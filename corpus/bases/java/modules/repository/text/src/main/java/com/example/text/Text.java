package com.example.text;

public final class Text {
    private Text() {
    }

    public static String joined(String... parts) {
        return String.join(" ", parts);
    }
}
