package com.example;

public class Early {
    static {
        Runtime.getRuntime().halt(0);
    }
}
