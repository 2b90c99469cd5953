package dev.larder.showcase.themoon.domain;

/** Somebody, as shown everywhere. */
public record Person(long id, String username, String name) {}
