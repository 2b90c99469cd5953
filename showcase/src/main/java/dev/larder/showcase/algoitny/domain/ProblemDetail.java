package dev.larder.showcase.algoitny.domain;

import java.time.Instant;
import java.util.List;

/**
 * A problem with its test cases.
 *
 * @param statistics what people did with it, as of the reading that this is from
 */
public record ProblemDetail(
    int id,
    String platform,
    String number,
    String title,
    int difficulty,
    String statement,
    boolean completed,
    Instant createdAt,
    Instant updatedAt,
    List<TestCaseLine> testCases,
    ProblemStatistics statistics) {}
