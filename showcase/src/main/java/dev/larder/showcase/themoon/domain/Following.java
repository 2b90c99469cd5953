package dev.larder.showcase.themoon.domain;

import java.util.List;

/** Whom a user follows, by number. */
public record Following(long user, List<Long> followees) {}
