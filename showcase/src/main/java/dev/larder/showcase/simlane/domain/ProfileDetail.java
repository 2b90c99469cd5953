package dev.larder.showcase.simlane.domain;

import org.jspecify.annotations.Nullable;

/**
 * A sim profile.
 *
 * @param user whose it is; null for an imported driver
 */
public record ProfileDetail(
    String simulator,
    String identifier,
    @Nullable Long user,
    String name,
    String country,
    int rating,
    String bio) {}
