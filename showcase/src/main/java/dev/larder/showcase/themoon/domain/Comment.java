package dev.larder.showcase.themoon.domain;

import java.time.Instant;

/** What somebody wrote below a post. */
public record Comment(long id, Person author, String text, Instant createdAt) {}
