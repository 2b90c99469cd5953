package dev.larder.console;

/**
 * What all nodes together did in one second; everything but the time is per second.
 *
 * @param atMillis when, by the clock of the node that serves the console
 * @param l1 lookups that L1 answered
 * @param l2 lookups that L2 answered
 * @param database lookups that the database tier answered
 * @param source lookups that no tier answered
 * @param stale those of the hits that were past their ttl
 * @param loads loads that succeeded
 * @param failures loads that failed
 * @param invalidations invalidations asked for through caches
 */
record Sample(
    long atMillis,
    double l1,
    double l2,
    double database,
    double source,
    double stale,
    double loads,
    double failures,
    double invalidations) {

  static Sample none(long atMillis) {
    return new Sample(atMillis, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  Sample plus(Sample other) {
    return new Sample(
        atMillis,
        l1 + other.l1,
        l2 + other.l2,
        database + other.database,
        source + other.source,
        stale + other.stale,
        loads + other.loads,
        failures + other.failures,
        invalidations + other.invalidations);
  }
}
