package dev.larder.testkit;

import dev.larder.log.InvalidationLog;
import dev.larder.memory.MemoryStore;
import dev.larder.tier.Board;
import dev.larder.tier.Store;
import dev.larder.tier.Tier;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Memory stores under fake time. Nodes of one prefix share one store, which their ends outlive. */
final class MemoryFixture implements StoreFixture {

  private final FakeTime time = new FakeTime();
  private final ManualScheduler scheduler = new ManualScheduler(time);
  private final Map<String, MemoryStore> stores = new HashMap<>();
  private final boolean origin;
  private final UnaryOperator<Store> front;

  MemoryFixture(boolean origin) {
    this(origin, UnaryOperator.identity());
  }

  private MemoryFixture(boolean origin, UnaryOperator<Store> front) {
    this.origin = origin;
    this.front = front;
  }

  static MemoryFixture behindFaultyStores() {
    return new MemoryFixture(true, FaultyStore::new);
  }

  @Override
  public Store open(String keyPrefix) {
    MemoryStore shared = stores.computeIfAbsent(
        keyPrefix,
        prefix -> MemoryStore.builder()
            .clock(time::millis)
            .scheduler(scheduler)
            .origin(origin)
            .build());
    return front.apply(new Node(shared));
  }

  @Override
  public void pass(Duration by) {
    scheduler.advance(by);
  }

  private record Node(MemoryStore shared) implements Store {

    @Override
    public String name() {
      return shared.name();
    }

    @Override
    public Tier tier() {
      return shared.tier();
    }

    @Override
    public InvalidationLog log() {
      return shared.log();
    }

    @Override
    public Board board() {
      return shared.board();
    }

    @Override
    public void close() {
      // The other nodes go on with it.
    }
  }
}
