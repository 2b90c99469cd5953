/**
 * What tests of stores, and of whatever stands on Larder, need.
 *
 * <ul>
 *   <li>Contracts: a store passes {@link dev.larder.testkit.TierContract}, {@link
 *       dev.larder.testkit.InvalidationLogContract} and {@link dev.larder.testkit.StoreContract} by
 *       extending them with a {@link dev.larder.testkit.StoreFixture}.
 *   <li>Servers: {@link dev.larder.testkit.EmbeddedRedis} and {@link
 *       dev.larder.testkit.EmbeddedPostgreSql} are real ones, to be killed, paused and restarted;
 *       {@link dev.larder.testkit.TcpProxy} stands between them and a client.
 *   <li>Control: {@link dev.larder.testkit.FaultyStore} lets calls fail and stand still, {@link
 *       dev.larder.testkit.FakeTime} and {@link dev.larder.testkit.ManualScheduler} take time into
 *       the test's hands.
 *   <li>Freshness: {@link dev.larder.testkit.FreshnessChecker} reads and writes at random on several
 *       nodes and checks that nothing is older than promised.
 * </ul>
 */
@NullMarked
package dev.larder.testkit;

import org.jspecify.annotations.NullMarked;
