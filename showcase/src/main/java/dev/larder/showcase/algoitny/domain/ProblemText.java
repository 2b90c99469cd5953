package dev.larder.showcase.algoitny.domain;

/**
 * What people can edit of a problem.
 *
 * @param number its number on the platform
 * @param difficulty 1 to 10
 * @param completed whether it is registered; a draft otherwise
 */
public record ProblemText(
    String number, String title, int difficulty, String statement, boolean completed) {}
