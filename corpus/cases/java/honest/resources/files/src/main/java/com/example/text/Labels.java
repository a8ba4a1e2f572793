package com.example.text;

import java.util.ResourceBundle;

public final class Labels {
    public static String sum() {
        return ResourceBundle.getBundle("messages").getString("sum");
    }
}
