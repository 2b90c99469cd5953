package dev.larder.showcase.algoitny.domain;

import java.time.Instant;

/** A problem as lists show it. */
public record ProblemLine(
    int id,
    String platform,
    String number,
    String title,
    int difficulty,
    long testCases,
    Instant createdAt) {}
