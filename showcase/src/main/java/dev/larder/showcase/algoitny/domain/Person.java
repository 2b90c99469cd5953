package dev.larder.showcase.algoitny.domain;

/** A user as pages show them. Whoever lets an administrator do something asks the source, not this. */
public record Person(int id, String username, String displayName, boolean admin) {}
