package dev.larder.manage;

import java.util.List;

/**
 * Keys that were found.
 *
 * @param tier the tier that was asked
 * @param keys slot keys
 * @param hasMore whether the limit cut it short
 */
public record KeyPage(String tier, List<String> keys, boolean hasMore) {}
