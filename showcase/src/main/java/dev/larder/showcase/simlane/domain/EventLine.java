package dev.larder.showcase.simlane.domain;

import java.time.Instant;

/**
 * An event.
 *
 * @param hours how long it lasts
 */
public record EventLine(
    long id,
    long club,
    String clubName,
    String name,
    String circuit,
    Instant startsAt,
    int hours) {}
