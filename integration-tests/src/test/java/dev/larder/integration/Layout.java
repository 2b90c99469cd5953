package dev.larder.integration;

/** Which stores a node has below L1. */
enum Layout {
  REDIS(true, false),
  REDIS_DATABASE(true, true),
  DATABASE(false, true);

  private final boolean redis;
  private final boolean database;

  Layout(boolean redis, boolean database) {
    this.redis = redis;
    this.database = database;
  }

  boolean hasRedis() {
    return redis;
  }

  boolean hasDatabase() {
    return database;
  }
}
