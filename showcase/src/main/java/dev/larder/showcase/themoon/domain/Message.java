package dev.larder.showcase.themoon.domain;

import java.time.Instant;

/**
 * A message.
 *
 * @param number its place in its conversation, from 1 without gaps: who knows up to n asks for what
 *     comes after n
 * @param sender number of who wrote it
 */
public record Message(long number, long sender, String text, Instant sentAt) {}
