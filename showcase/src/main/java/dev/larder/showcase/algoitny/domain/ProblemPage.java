package dev.larder.showcase.algoitny.domain;

import java.util.List;

/**
 * A page of registered problems, newest first.
 *
 * @param total problems on all pages
 * @param pages how many pages there are, at least 1
 */
public record ProblemPage(int page, int pages, long total, List<ProblemLine> problems) {}
