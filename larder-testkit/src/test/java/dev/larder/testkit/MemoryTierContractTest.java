package dev.larder.testkit;

/** The memory tier under fake time. */
class MemoryTierContractTest extends TierContract {

  @Override
  protected StoreFixture fixture() {
    return new MemoryFixture(false);
  }
}
