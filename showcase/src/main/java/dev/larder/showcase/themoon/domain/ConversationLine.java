package dev.larder.showcase.themoon.domain;

import java.time.Instant;

/** A conversation in a list, with its newest message. */
public record ConversationLine(long id, String title, String lastText, Instant lastAt) {}
