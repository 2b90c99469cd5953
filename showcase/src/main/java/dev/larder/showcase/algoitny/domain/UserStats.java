package dev.larder.showcase.algoitny.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one user did.
 *
 * @param passed attempts that passed every test case
 * @param publicAttempts attempts whose program everybody may see
 * @param problems different problems tried
 * @param solved of them with an attempt that passed
 * @param activeDays different days with an attempt
 * @param months the latest 12 with attempts, as {@code 2025-07}, newest first
 * @param unsolved titles of the problems most often tried in vain, at most 5
 */
public record UserStats(
    int user,
    long attempts,
    long passed,
    long publicAttempts,
    long problems,
    long solved,
    long activeDays,
    List<Share> platforms,
    List<Share> languages,
    List<Share> months,
    List<String> unsolved,
    @Nullable Instant lastAttempt) {}
