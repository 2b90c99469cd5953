package dev.larder.showcase.simlane.domain;

/**
 * Who takes part in an event.
 *
 * @param status {@code signed-up}, {@code confirmed} or {@code reserve}
 * @param freeFrom first hour in which they can drive, 0 to 23
 * @param freeTo hour at which they no longer can, 1 to 24
 */
public record Participant(long user, String name, String status, int freeFrom, int freeTo) {}
