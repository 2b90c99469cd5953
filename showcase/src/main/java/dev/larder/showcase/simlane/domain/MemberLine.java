package dev.larder.showcase.simlane.domain;

import java.time.Instant;

/**
 * A member of a club.
 *
 * @param membership number of the membership
 * @param email for those who manage the club
 */
public record MemberLine(
    long membership, long user, String name, String email, Role role, Instant joinedAt) {}
