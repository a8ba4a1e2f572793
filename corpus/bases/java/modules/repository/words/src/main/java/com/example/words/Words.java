package com.example.words;

import com.example.text.Text;

public final class Words {
    private Words() {
    }

    public static String both(String a, String b) {
        return Text.joined(a, b);
    }
}
