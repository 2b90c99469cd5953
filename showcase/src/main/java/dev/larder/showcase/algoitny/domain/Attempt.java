package dev.larder.showcase.algoitny.domain;

/**
 * A program that was run against a problem.
 *
 * @param language what it is written in
 * @param passed how many test cases it passed, 0 to {@code total}
 * @param total how many there were
 * @param codePublic whether others may see it
 */
public record Attempt(String language, int passed, int total, boolean codePublic) {}
