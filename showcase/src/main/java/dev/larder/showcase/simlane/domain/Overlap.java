package dev.larder.showcase.simlane.domain;

/**
 * How many drivers of an event are free in one hour of the day.
 *
 * @param hour 0 to 23
 */
public record Overlap(int hour, int drivers) {}
