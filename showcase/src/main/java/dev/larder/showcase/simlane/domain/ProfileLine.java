package dev.larder.showcase.simlane.domain;

/** A sim profile in a list. */
public record ProfileLine(
    String simulator, String identifier, String name, String country, int rating) {}
