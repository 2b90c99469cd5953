package dev.larder.showcase.algoitny.domain;

import java.time.Instant;

/** A problem that is not completed. Says nothing of test cases, whose changes do not end the list. */
public record DraftLine(
    int id, String platform, String number, String title, int difficulty, Instant updatedAt) {}
