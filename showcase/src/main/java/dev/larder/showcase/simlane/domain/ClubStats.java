package dev.larder.showcase.simlane.domain;

/**
 * A club in figures.
 *
 * @param managing members who are admin or manager
 * @param filledSeats seats of its teams that somebody has
 * @param seats all of them
 */
public record ClubStats(
    int members, int managing, int teams, int filledSeats, int seats, int events) {}
