package dev.larder.showcase.simlane.domain;

/** Somebody who can log in. */
public record Account(long id, String username, String displayName, boolean admin) {}
