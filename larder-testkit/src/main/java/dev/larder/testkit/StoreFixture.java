package dev.larder.testkit;

import dev.larder.tier.Store;
import java.time.Duration;

/**
 * What the contract tests need to know of the store under test.
 *
 * <p>A test class of a store extends one contract and hands it a fixture:
 *
 * <pre>{@code
 * class RedisTierIT extends TierContract {
 *   protected StoreFixture fixture() {
 *     return keyPrefix -> RedisStore.open(REDIS.uri(), StoreSettings.ofDefaults(keyPrefix));
 *   }
 * }
 * }</pre>
 */
@FunctionalInterface
public interface StoreFixture {

  /**
   * Opens a store. Each test asks for a key prefix that was never used before, and finds nothing
   * there; stores that were opened with one prefix are the nodes of one cluster. The test closes
   * them.
   */
  Store open(String keyPrefix);

  /**
   * Lets time pass at the store. Does nothing by default: a real store's clock moves by itself, and
   * the tests wait until it has.
   */
  default void pass(Duration time) {}

  /**
   * A life that tests wait out. Default 1 s: long enough to ask a slow store something meanwhile,
   * short enough to wait for.
   */
  default Duration shortLife() {
    return Duration.ofSeconds(1);
  }

  /**
   * The cache in whose keys an ending stands: {@code contract}, or one with its purpose before it,
   * such as {@code view/contract}, for a store that puts purposes into different places.
   */
  default String cache(String ending) {
    return "contract";
  }

  /** Whether texts may contain the character 0. Default true. */
  default boolean storesNul() {
    return true;
  }
}
