package dev.larder.testkit;

/**
 * What a freshness check saw. That it was made means that no read was too old.
 *
 * @param seed what the choices were drawn from
 * @param reads reads that were held against a floor
 * @param hits lookups that a tier answered, on all nodes
 * @param loads loads from the source, on all nodes
 * @param invalidations invalidations that were acknowledged
 * @param deferred those of them that no log had yet
 * @param disturbances disturbances that were begun
 */
public record FreshnessReport(
    long seed,
    long reads,
    long hits,
    long loads,
    long invalidations,
    long deferred,
    long disturbances) {}
