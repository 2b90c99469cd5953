package dev.larder.showcase.simlane.domain;

/** A club in a list. */
public record ClubLine(long id, String name, String description, String country) {}
