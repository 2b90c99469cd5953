package dev.larder.testkit;

/** The memory log as the origin of another, under fake time. */
class MemoryOriginLogContractTest extends OriginLogContract {

  @Override
  protected StoreFixture fixture() {
    return new MemoryFixture(true);
  }
}
