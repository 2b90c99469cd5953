package dev.larder.showcase.algoitny.domain;

import java.time.Instant;
import java.util.List;

/**
 * What people did with a problem. No attempt ends it before its time, as the document has it, so it
 * says as of when it is.
 *
 * @param solvers users with at least one attempt that passed everything
 * @param asOf when it was counted
 */
public record ProblemStatistics(
    long attempts, long passed, long users, long solvers, List<Share> languages, Instant asOf) {}
