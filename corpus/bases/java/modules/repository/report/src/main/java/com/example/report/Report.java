package com.example.report;

import com.example.sums.Sums;

public final class Report {
    private Report() {
    }

    public static void main(String[] args) {
        System.out.println(Sums.told(2, Sums.add(1, 1)));
    }
}
