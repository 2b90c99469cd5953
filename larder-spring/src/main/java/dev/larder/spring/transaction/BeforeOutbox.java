package dev.larder.spring.transaction;

/**
 * Work that has to be done before a transaction's invalidations are gathered for its commit, such as
 * writing what a persistence context still holds. A bean of this type is called once for each
 * transaction that is not read-only, on its thread.
 */
@FunctionalInterface
public interface BeforeOutbox {

  /** Does it. What it throws rolls the transaction back. */
  void run();
}
