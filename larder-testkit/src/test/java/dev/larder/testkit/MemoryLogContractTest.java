package dev.larder.testkit;

/** The memory log under fake time. */
class MemoryLogContractTest extends InvalidationLogContract {

  @Override
  protected StoreFixture fixture() {
    return new MemoryFixture(false);
  }
}
