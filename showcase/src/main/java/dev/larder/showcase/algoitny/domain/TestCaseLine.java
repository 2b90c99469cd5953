package dev.larder.showcase.algoitny.domain;

/** A test case as it is answered. */
public record TestCaseLine(long id, String input, String output) {}
