package dev.larder.manage;

/**
 * What became of an order.
 *
 * @param done what was done, one sentence
 * @param position where it stands in the log; empty if it needs no record
 * @param isDeferred whether it waits for a log that does not answer
 */
public record Outcome(String done, String position, boolean isDeferred) {}
