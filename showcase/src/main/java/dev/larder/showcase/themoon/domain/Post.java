package dev.larder.showcase.themoon.domain;

import java.time.Instant;

/** What somebody wrote for all who follow. Numbers rise with time. */
public record Post(long id, Person author, String text, Instant createdAt) {}
